package dev.evenkeel.expression;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** The top-level attributes an expression mentions, and those among them it looks into, in order of appearance. */
record Mentions(Set<String> names, Set<String> nested) {
    Mentions {
        names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
        nested = Collections.unmodifiableSet(new LinkedHashSet<>(nested));
    }

    static Mentions of(Collection<DocumentPath> paths) {
        var names = new LinkedHashSet<String>();
        var nested = new LinkedHashSet<String>();
        for (var path : paths) {
            names.add(path.attribute());
            if (!path.isTopLevel()) {
                nested.add(path.attribute());
            }
        }
        return new Mentions(names, nested);
    }
}
