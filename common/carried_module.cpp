#include "common/carried_module.h"

#include <dlfcn.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

#include "common/log.h"
#include "common/nameless_file.h"

namespace hoering {

namespace {

/// Nothing when it cannot be loaded from there; `why` has the reason then.
void* load(const char* name, std::string_view bytes, Nameless where, std::string& why) {
    int file = -1;
    try {
        file = namelessFile(name, bytes, where);
    } catch (const std::system_error& trouble) {
        why = trouble.code().message();
        return nullptr;
    }
    // The file stays open: dlopen knows libraries by their path, and the next one must not get the same number.
    void* module = ::dlopen(namelessPath(file).c_str(), RTLD_NOW | RTLD_LOCAL);
    if (module) return module;
    const char* said = ::dlerror(); // "libpango-1.0.so.0: cannot open shared object file: No such file or directory"
    why = said ? said : "no reason given";
    ::close(file);
    return nullptr;
}

} // namespace

void* doorOfCarriedModule(const char* name, std::string_view bytes, const char* door) {
    std::string inMemory, inFolder;
    void* module = load(name, bytes, Nameless::inMemory, inMemory);
    if (!module) {
        module = load(name, bytes, Nameless::inTemporaryFolder, inFolder);
        if (module) log::warn("module_not_in_memory", {{"module", std::string(name)}, {"why", inMemory}});
    }
    if (!module)
        throw std::runtime_error(std::string("The program's part \"") + name + "\" cannot be loaded from memory (" +
                                 inMemory + ") nor from the folder for temporary files (" + inFolder +
                                 "). Install the libraries that are missing, or allow one of the two.");
    void* found = ::dlsym(module, door);
    if (!found) throw std::runtime_error(std::string("The program's part \"") + name + "\" has no " + door + ".");
    return found;
}

} // namespace hoering
