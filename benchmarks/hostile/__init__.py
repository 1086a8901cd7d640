"""Input that means harm, or none at all: texts, files, arrays and options that must be refused in one line."""
