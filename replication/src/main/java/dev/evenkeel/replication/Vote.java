package dev.evenkeel.replication;

public record Vote(long term, String votedFor) {
    public static final Vote NONE = new Vote(0, "");
}
