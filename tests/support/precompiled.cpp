// Nothing of its own: what the tests share as a precompiled header needs a target to belong to.
