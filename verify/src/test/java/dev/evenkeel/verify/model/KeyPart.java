package dev.evenkeel.verify.model;

/** A key attribute: its name and its type, S, N or B. */
record KeyPart(String name, String type) {}
