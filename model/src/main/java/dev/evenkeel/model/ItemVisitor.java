package dev.evenkeel.model;

/**
 * Hears the parts of an item in order, without a tree being made. The byte arrays are the item's own: read only, and only
 * during the call. Between {@link #beginSet} and {@link #endSet} come members, not values.
 */
public interface ItemVisitor {

    /** The name, in UTF-8, of the value that follows. */
    void name(byte[] utf8, int offset, int length);

    void string(byte[] utf8, int offset, int length);

    /** In plain decimal. */
    void number(String decimal);

    void binary(byte[] bytes, int offset, int length);

    void bool(boolean value);

    void nul();

    void beginMap();

    void endMap();

    void beginList();

    void endList();

    /** @param type {@code SS}, {@code NS} or {@code BS} */
    void beginSet(AttributeType type);

    void endSet();
}
