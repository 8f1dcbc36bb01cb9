# Deploys the same two functions with Terraform, from zip files that CMake has built (see docs/lambda.md).

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.32" }
  }
}

resource "aws_iam_role" "function" {
  name = "shop-function"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "logs_and_queue" {
  role       = aws_iam_role.function.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole"
}

resource "aws_lambda_function" "shop" {
  for_each         = toset(["items", "orders"])
  function_name    = "shop-${each.key}"
  role             = aws_iam_role.function.arn
  runtime          = "provided.al2023"
  handler          = "bootstrap"
  architectures    = ["x86_64"]
  filename         = "build/${each.key}.zip"
  source_code_hash = filebase64sha256("build/${each.key}.zip")
}

resource "aws_lambda_function_url" "items" {
  function_name      = aws_lambda_function.shop["items"].function_name
  authorization_type = "NONE"
}

resource "aws_sqs_queue" "orders" {
  name                       = "shop-orders"
  visibility_timeout_seconds = 60
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn        = aws_sqs_queue.orders.arn
  function_name           = aws_lambda_function.shop["orders"].arn
  function_response_types = ["ReportBatchItemFailures"]
}

output "url" {
  value = aws_lambda_function_url.items.function_url
}
