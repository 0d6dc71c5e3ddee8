package dev.evenkeel.metadata;

/** One replica of a group: where it is and what it does. */
public record ReplicaDescriptor(String nodeId, ReplicaKind kind) {}
