package dev.clearspan.contract;

/** The names of a type in the older and in the newer contract. */
record TypePair(String before, String after) {}
