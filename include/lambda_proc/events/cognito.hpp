#pragma once
// SPDX-License-Identifier: MIT
// Amazon Cognito: the triggers of user pools. Each expects its own event as the reply, with the response filled in.

#include <lambda_proc/events/cognito_authentication.hpp>
#include <lambda_proc/events/cognito_challenge.hpp>
#include <lambda_proc/events/cognito_event.hpp>
#include <lambda_proc/events/cognito_message.hpp>
#include <lambda_proc/events/cognito_sign_up.hpp>
#include <lambda_proc/events/cognito_token.hpp>
