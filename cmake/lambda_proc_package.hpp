// SPDX-License-Identifier: MIT
// lambda_proc_package() includes this header first in a package's sources. It keeps libstdc++'s streams and locales,
// 240 KB in a zip file, out of programs that don't use them. simdjson.h includes <iostream>, but needs only the
// declarations of streams. Before libstdc++ 13, <iostream> defines an object that links all of them, so it is left out
// here. A program that includes <iostream> itself still gets it.
#include <cstddef>

#if defined(_GLIBCXX_RELEASE) && _GLIBCXX_RELEASE < 13
#include <istream>
#include <ostream>
#define _GLIBCXX_IOSTREAM  // the include guard
#include <simdjson.h>
#undef _GLIBCXX_IOSTREAM
#endif
