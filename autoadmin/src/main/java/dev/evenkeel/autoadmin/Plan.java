package dev.evenkeel.autoadmin;

import java.util.List;

/**
 * What comes next. Actions are of different groups and may be carried out in any order.
 *
 * @param obstacles what ought to be done and cannot, in words for operators
 */
public record Plan(List<Action> actions, List<String> obstacles) {
    public Plan {
        actions = List.copyOf(actions);
        obstacles = List.copyOf(obstacles);
    }
}
