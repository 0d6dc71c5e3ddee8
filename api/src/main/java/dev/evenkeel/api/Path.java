package dev.evenkeel.api;

import org.jspecify.annotations.Nullable;

/**
 * Where in a request something is, in DynamoDB's notation: {@code requestItems.music.member.keys}, lists counted from one.
 * Made on the way down for every nested part of a request and put into words only when something is wrong there.
 */
final class Path {
    static final Path ROOT = new Path(null, Kind.ROOT, "", 0);

    private enum Kind {
        ROOT,
        MEMBER,
        ENTRY,
        ELEMENT
    }

    private final @Nullable Path parent;
    private final Kind kind;
    private final String name;
    private final int index;

    private Path(@Nullable Path parent, Kind kind, String name, int index) {
        this.parent = parent;
        this.kind = kind;
        this.name = name;
        this.index = index;
    }

    Path member(String name) {
        return new Path(this, Kind.MEMBER, name, 0);
    }

    /** The value behind a key of a map. */
    Path entry(String key) {
        return new Path(this, Kind.ENTRY, key, 0);
    }

    /** @param index from zero */
    Path element(int index) {
        return new Path(this, Kind.ELEMENT, "", index);
    }

    /** The path with the names of members as in the wire form, as a few messages have it. */
    String capitalised() {
        return text(true);
    }

    @Override
    public String toString() {
        return text(false);
    }

    private String text(boolean capitals) {
        if (parent == null) {
            return "";
        }
        var before = parent.text(capitals);
        var own = switch (kind) {
            case ROOT -> "";
            case MEMBER -> capitals ? Character.toUpperCase(name.charAt(0)) + name.substring(1) : name;
            case ENTRY -> name + ".member";
            case ELEMENT -> (index + 1) + ".member";
        };
        return before.isEmpty() ? own : before + "." + own;
    }
}
