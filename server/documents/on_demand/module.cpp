// The far side of the door: built with the documents room into the shared library that the program carries.
#include "documents/docx.h"
#include "documents/html.h"
#include "documents/on_demand/writers.h"
#include "documents/pdf.h"

const hoering::documents::Writers* hoering_documents() {
    static constexpr hoering::documents::Writers writers{hoering::documents::toPdf, hoering::documents::toDocx,
                                                         hoering::documents::toHtml};
    return &writers;
}
