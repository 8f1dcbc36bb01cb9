#pragma once
// SPDX-License-Identifier: MIT
// The seam between what a header declares and what is compiled once. A header x.hpp declares its non-template
// functions with LAMBDA_PROC_SEAM; x_definitions.hpp defines them. By default x.hpp includes it. With
// LAMBDA_PROC_COMPILED it does not: then the library lambda_proc::compiled has the definitions. A function template
// that a library instantiates is declared with it, too.

#include <simdjson.h>

// simdjson's types differ with SIMDJSON_DEVELOPMENT_CHECKS, which depends on optimization. A program that was compiled
// differently from lambda_proc::compiled must not link.
#ifndef LAMBDA_PROC_COMPILED
#define LAMBDA_PROC_SEAM inline
#elif SIMDJSON_DEVELOPMENT_CHECKS
#define LAMBDA_PROC_SEAM [[gnu::abi_tag("simdjson_checks")]]
#else
#define LAMBDA_PROC_SEAM
#endif
