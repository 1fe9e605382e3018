// A digest of 1,000 answers of 2 KB as PDF: seconds and peak memory, each run in a process of its own. The reference
// in the same run sets and draws the same text in the same face with Pango and cairo alone, without pages' furniture,
// tags or a second program over the bytes: the ratio says what our structure costs, whatever else the machine does.
// Usage: bench_documents_pdf [answers] [bytes] [runs]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cairo-pdf.h>

#include "../documents/sample.h"
#include "documents/pdf.h"
#include "documents/pdf_text.h"

using namespace hoering::documents;

namespace {

std::size_t bare(const Document& document) {
    std::string bytes;
    const auto append = [](void* to, const unsigned char* data, unsigned int length) {
        static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
        return CAIRO_STATUS_SUCCESS;
    };
    cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(append, &bytes, 595, 842);
    cairo_t* cr = cairo_create(surface);
    Typesetter typesetter("da", {});
    double y = 70;
    for (const auto& block : document.blocks) {
        const auto* quote = std::get_if<Quote>(&block);
        if (quote == nullptr) continue;
        const auto text = typesetter.set(richFrom(quote->text), TextStyle{}, 453);
        for (std::size_t i = 0; i < text.lines().size(); y += text.lines()[i++].height) {
            if (y > 770) {
                cairo_show_page(cr);
                y = 70;
            }
            text.drawLine(cr, i, 70, y);
        }
    }
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
    return bytes.size();
}

struct Figures {
    double seconds = 0, megabytes = 0;
};

template <class F> Figures measured(F work) {
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("fork");
    if (child == 0) _exit(work() > 0 ? 0 : 1);
    int status = 0;
    rusage used{};
    wait4(child, &status, 0, &used); // this child alone; RUSAGE_CHILDREN would give the largest of all so far
    if (status != 0) throw std::runtime_error("a run failed");
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
            static_cast<double>(used.ru_maxrss) / 1024};
}

} // namespace

int main(int count, char** arguments) {
    const auto number = [&](int i, std::size_t otherwise) {
        return count > i ? std::strtoul(arguments[i], nullptr, 10) : otherwise;
    };
    const std::size_t answers = number(1, 1000), bytes = number(2, 2000), runs = number(3, 5);
    std::printf("%zu answers of %zu bytes; peak memory includes the document itself\n", answers, bytes);
    Figures best{1e9, 0}, bestBare{1e9, 0};
    for (std::size_t i = 0; i < runs; ++i) {
        const auto pdf = measured([&] { return toPdf(manyAnswers(answers, bytes)).size(); });
        const auto reference = measured([&] { return bare(manyAnswers(answers, bytes)); });
        std::printf("run %zu: toPdf %.2f s %.0f MB, bare pangocairo %.2f s %.0f MB, ratio %.2f\n", i + 1, pdf.seconds,
                    pdf.megabytes, reference.seconds, reference.megabytes, pdf.seconds / reference.seconds);
        std::fflush(stdout);
        best = {std::min(best.seconds, pdf.seconds), std::max(best.megabytes, pdf.megabytes)};
        bestBare = {std::min(bestBare.seconds, reference.seconds), std::max(bestBare.megabytes, reference.megabytes)};
    }
    std::printf("best: toPdf %.2f s, bare %.2f s; peak: toPdf %.0f MB, bare %.0f MB\n", best.seconds, bestBare.seconds,
                best.megabytes, bestBare.megabytes);
}
