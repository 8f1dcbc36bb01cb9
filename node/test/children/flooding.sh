#!/bin/sh
# A child that writes to stderr without end from its first request on, and never answers. It says its process id first.
echo "pid $$" >&2
read -r line
while :; do echo 'a line of a flood that does not end and goes on and on and on and on and on and on and on and on' >&2; done
