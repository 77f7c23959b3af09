"""Where editors decide on doubtful items of the old site, and read what became of an import."""
