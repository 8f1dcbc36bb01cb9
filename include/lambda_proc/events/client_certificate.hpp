#pragma once
// SPDX-License-Identifier: MIT
// The certificate of a client that API Gateway authenticated with mutual TLS; a part of its events.

#include <lambda_proc/json/struct_options.hpp>

#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// The period for which a certificate is valid, in times such as "May 28 12:30:02 2019 GMT".
struct certificate_validity {
  std::string_view not_before;
  std::string_view not_after;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// The certificate that the client presented, at a custom domain name with mutual TLS.
///
/// Fields: API Gateway Developer Guide, "Variables for data transformations for API Gateway"
/// (api-gateway-mapping-template-reference), $context.identity.clientCert.
struct client_certificate {
  /// The certificate in PEM format.
  std::string_view client_cert_pem;
  /// The distinguished name of its subject.
  std::string_view subject_dn;
  /// The distinguished name of its issuer.
  std::string_view issuer_dn;
  std::string_view serial_number;
  certificate_validity validity;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr auto json_names = names{"subject_dn", "subjectDN", "issuer_dn", "issuerDN"};
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
