package dev.evenkeel.router;

import dev.evenkeel.expression.KeyAccess;
import dev.evenkeel.expression.KeyCondition;
import dev.evenkeel.expression.SortComparison;
import dev.evenkeel.expression.Statement;
import dev.evenkeel.expression.StatementCondition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT: GetItem when the whole key is given, Query under a partition key, Scan else; several of the first two one after
 * the other when the key is one of several.
 */
record SelectPlan(ReadTarget target, Statement.Select select, KeyAccess access, Selection selection)
        implements StatementPlan {

    /** @throws dev.evenkeel.model.DynamoException when the statement does not fit what it reads */
    static SelectPlan of(Statement.Select select, Routes routes, boolean consistent) {
        var target = SelectTarget.of(select, routes, consistent);
        var selection = new Selection(null, select.projection());
        selection.checkPaths(target);
        var access = select.access(target.key());
        if (access instanceof KeyAccess.Lookups lookups) {
            lookups.conditions().forEach(condition -> QueryHandler.checkValues(condition, target));
        }
        selection.checkIndex(target);
        checkWhere(select.where(), access, selection, target);
        return new SelectPlan(target, select, access, selection);
    }

    /** An attribute that an index lacks may be asked for in a scan of it, not beside its key. */
    private static void checkWhere(
            @Nullable StatementCondition where, KeyAccess access, Selection selection, ReadTarget target) {
        if (where == null) {
            return;
        }
        KeyPaths.check(where.nestedNames(), target.route().schema());
        if (access instanceof KeyAccess.Lookups lookups
                && lookups.keyed()
                && target.index() != null
                && !selection.needsItems(target)) {
            QueryHandler.checkProjected(where, target);
        }
    }

    @Override
    public String calledAs() {
        return target.route().calledAs();
    }

    @Override
    public StatementAnswer run(StatementRequest request) {
        return new SelectRun(this, request).answer();
    }

    /** The positions to look at, one lookup after the other. */
    List<KeyRange> ranges() {
        return switch (access) {
            case KeyAccess.Everything _ -> List.of(KeyRange.ALL);
            case KeyAccess.Lookups lookups ->
                lookups.conditions().stream().map(KeyRange::of).toList();
        };
    }

    boolean forward() {
        return !(access instanceof KeyAccess.Lookups lookups) || lookups.forward();
    }

    /** What is asked of each item that is found; null for nothing. */
    @Nullable
    StatementCondition filter() {
        return access.filtered() ? select.where() : null;
    }

    /** The key of the one item that a lookup can find, or null when it may find more. */
    @Nullable
    KeyCondition wholeKey(int lookup) {
        if (target.index() != null || !(access instanceof KeyAccess.Lookups lookups)) {
            return null;
        }
        var condition = lookups.conditions().get(lookup);
        return condition.sortEquals().size() == target.key().sortKey().size() ? condition : null;
    }

    @Override
    public String explain() {
        var index = target.index();
        var where = calledAs() + (index == null ? "" : "." + index.name());
        return operations(where) + (filter() == null ? "" : ", filter WHERE") + (forward() ? "" : ", backwards")
                + (selection.needsItems(target) ? ", fetch items" : "") + " (" + access.reason() + ")";
    }

    private String operations(String where) {
        if (!(access instanceof KeyAccess.Lookups lookups)) {
            return "Scan " + where;
        }
        var kinds = lookups.conditions().stream()
                .map(condition -> operation(condition) + " " + where + " by " + key(condition))
                .collect(Collectors.groupingBy(kind -> kind, LinkedHashMap::new, Collectors.counting()));
        return kinds.entrySet().stream()
                .map(kind -> (kind.getValue() == 1 ? "" : kind.getValue() + " x ") + kind.getKey())
                .collect(Collectors.joining(", then "));
    }

    private String operation(KeyCondition condition) {
        return target.index() == null
                        && condition.sortEquals().size()
                                == target.key().sortKey().size()
                ? "GetItem"
                : "Query";
    }

    private String key(KeyCondition condition) {
        var key = target.key().partitionKey().getFirst().name() + " =";
        if (!target.key().hasSortKey()) {
            return key;
        }
        var sort = target.key().sortKey().getFirst().name();
        var comparison = switch (condition.last()) {
            case null -> condition.sortEquals().isEmpty() ? null : "=";
            case SortComparison.Compare(var operator, var _) ->
                switch (operator) {
                    case LESS -> "<";
                    case LESS_OR_EQUAL -> "<=";
                    case GREATER -> ">";
                    case GREATER_OR_EQUAL -> ">=";
                };
            case SortComparison.Between _ -> "BETWEEN";
            case SortComparison.BeginsWith _ -> "begins_with";
        };
        return comparison == null ? key : key + ", " + sort + " " + comparison;
    }
}
