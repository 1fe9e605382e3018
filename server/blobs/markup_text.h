// The text of XML (as in Word, Excel and OpenDocument files) and of RTF, in one pass and in pieces: for searching, so
// formatting is dropped and what stands apart on paper stands apart.
// Not here: where the pieces come from (server/blobs/file_text.h).
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace hoering::blobs {

using TextSink = std::function<void(std::string_view text)>;

/// Text between tags. Runs of one paragraph belong together ("0102", "03-1234"); paragraphs, cells and tabs are parted.
/// Deleted text and the codes of fields come last, so that what is left stands as a reader sees it. A number of nine
/// digits in a cell gets the nought back that a spreadsheet takes from a CPR number. Never fails: what is not XML comes
/// out as text.
class XmlText {
  public:
    explicit XmlText(TextSink sink) : sink_(std::move(sink)) {}
    void feed(std::string_view bytes);
    void finish();

  private:
    enum class In { text, tag, comment, entity };
    enum class Where { text, aside, value };
    void take(char c);
    void endTag();
    void endEntity();
    void endValue();
    void put(char c);

    TextSink sink_;
    In in_ = In::text;
    Where where_ = Where::text;
    bool shared_ = false;    // the cell's value is the number of a text that stands elsewhere
    std::string name_, out_; // of the tag or entity; text not handed on yet
    std::string aside_, value_;
};

/// The text of an RTF file (Rich Text Format 1.9.1): pictures, fonts and the like left out, comments and the properties
/// not.
void rtfText(std::string_view rtf, const TextSink& sink);

} // namespace hoering::blobs
