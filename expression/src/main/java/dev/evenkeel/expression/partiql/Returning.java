package dev.evenkeel.expression.partiql;

/** What a write answers of its item. */
public enum Returning {
    ALL_OLD("ALL OLD *"),
    MODIFIED_OLD("MODIFIED OLD *"),
    ALL_NEW("ALL NEW *"),
    MODIFIED_NEW("MODIFIED NEW *");

    private final String text;

    Returning(String text) {
        this.text = text;
    }

    /** As behind {@code RETURNING}. */
    public String text() {
        return text;
    }
}
