package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.Item;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An update made of actions whose targets do not overlap. */
final class BoundUpdate implements Update {
    private static final int UPDATE_COST_BYTES = 3;

    private final List<UpdateAction> actions;
    private final ProjectionTree targets;
    private final Set<String> attributeNames;
    private final Set<String> nestedNames;
    private final ExpressionSource source;

    BoundUpdate(List<UpdateAction> actions, Set<String> nestedNames, ExpressionSource source) {
        this.actions = List.copyOf(actions);
        var paths = actions.stream().map(UpdateAction::target).toList();
        this.targets = ProjectionTree.of(paths);
        var names = new LinkedHashSet<String>();
        paths.forEach(path -> names.add(path.attribute()));
        this.attributeNames = Collections.unmodifiableSet(names);
        this.nestedNames = nestedNames;
        this.source = source;
    }

    @Override
    public UpdateResult apply(Item current) {
        return result(current, UpdateRun.changes(actions, current));
    }

    @Override
    public UpdateResult create(Item key) {
        // Clearing what is inside of nothing is refused for an item that exists and passed over for one that does not.
        var effective = actions.stream()
                .filter(action -> !(action instanceof UpdateAction.Clear))
                .toList();
        return result(key, UpdateRun.changes(effective, key));
    }

    private UpdateResult result(Item current, Map<String, UpdateRun.Change> changes) {
        var updated = UpdateRun.write(current, changes);
        return new UpdateResult(updated, targets.of(current), targets.of(updated));
    }

    @Override
    public boolean createsItem() {
        return actions.isEmpty() || !actions.stream().allMatch(UpdateAction::onlyClears);
    }

    @Override
    public Set<String> attributeNames() {
        return attributeNames;
    }

    @Override
    public Set<String> nestedNames() {
        return nestedNames;
    }

    @Override
    public Map<String, AttributeType> assignedTypes() {
        var types = new LinkedHashMap<String, AttributeType>();
        for (var action : actions) {
            var type = action.assignedType();
            if (type != null && action.target().isTopLevel()) {
                types.put(action.target().attribute(), type);
            }
        }
        return Collections.unmodifiableMap(types);
    }

    @Override
    public int actionCostBytes() {
        return UPDATE_COST_BYTES
                + actions.stream().mapToInt(UpdateAction::costBytes).sum();
    }

    @Override
    public ExpressionSource source() {
        return source;
    }
}
