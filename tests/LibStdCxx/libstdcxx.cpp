// Stands before the libstdc++ of GCC 12, for TorchSharp's native library, which was built with GCC 13: the one function that it
// wants beyond, and (libstdcxx.map) the name of the version that brought it. To be preloaded together with the libstdc++ itself,
// which does everything else.
#include <ios>

namespace std {

// GCC 13's libstdc++ makes the standard streams by itself; of GCC 12's, whoever uses them asks for them.
void ios_base_library_init() { static ios_base::Init streams; }

}  // namespace std
