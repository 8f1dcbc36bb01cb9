// SPDX-License-Identifier: MIT
// The first header of a package's sources (lambda_proc_package()): keeps the streams and locales of libstdc++, 240 KB
// of a zip file, out of programs that don't use them. simdjson.h includes <iostream> and needs only the declarations of
// streams; but before libstdc++ 13 that header defines an object which links all of it. So that header is left out
// here. A program that includes it gets it.
#include <cstddef>

#if defined(_GLIBCXX_RELEASE) && _GLIBCXX_RELEASE < 13
#include <istream>
#include <ostream>
#define _GLIBCXX_IOSTREAM  // the include guard
#include <simdjson.h>
#undef _GLIBCXX_IOSTREAM
#endif
