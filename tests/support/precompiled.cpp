// Empty: the precompiled header that the tests share needs a target with a source file.
