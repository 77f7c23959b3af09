"""A package, so that fixtures of scope "package" end with the tests of this folder."""
