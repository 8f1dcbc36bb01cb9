#pragma once
// SPDX-License-Identifier: MIT
// The wires that LAMBDA_PROC_WIRE can name.

#include <lambda_proc/wire/apex.hpp>
#include <lambda_proc/wire/lambda_proc.hpp>
#include <lambda_proc/wire/lines.hpp>
#include <lambda_proc/wire/openwhisk.hpp>
#include <lambda_proc/wire/runtime_api.hpp>
#include <lambda_proc/wire/wire.hpp>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The first one is the default.
inline constexpr const any_wire* known_wires[] = {
    &wire_of<wire::lambda_proc>,     &wire_of<wire::apex>,      &wire_of<wire::lines>,
    &wire_of<wire::length_prefixed>, &wire_of<wire::netstring>, &wire_of<wire::openwhisk>,
    &wire_of<wire::runtime_api>,
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
