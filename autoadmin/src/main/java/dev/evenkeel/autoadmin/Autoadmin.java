package dev.evenkeel.autoadmin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what to do about the cluster, every time it is asked anew: a function of the view. Ask it about once a second.
 *
 * <ol>
 *   <li>Healing comes first, of all groups at once: votes of unhealthy nodes go to log replicas.
 *   <li>Then what has been begun is brought to its end: learners are promoted, or given up.
 *   <li>Then log replicas are replaced by storage replicas, draining nodes emptied, groups extended to more zones; a few
 *       at a time, since data is copied.
 *   <li>Last the replicas and the leaders are spread evenly, one at a time and only while nothing else goes on.
 * </ol>
 *
 * <p>What it never does: change a group that has no leader or that is under change already, take a vote away without
 * giving it to a node of the same zone, leave a group without a healthy majority, or with fewer than two storage replicas
 * that have caught up if it had two. In a cluster in which nothing happens it does nothing.
 */
public final class Autoadmin {
    /** In order of urgency. */
    private static final List<GroupPolicy> REPAIRS =
            List.of(HealingPolicy::next, PromotionPolicy::next, GivingUpPolicy::next, RebuildPolicy::next);

    private static final List<GroupPolicy> MOVES = List.of(DrainPolicy::next, ExtensionPolicy::next);

    private final AutoadminSettings settings;

    public Autoadmin(AutoadminSettings settings) {
        this.settings = settings;
    }

    public Plan plan(ClusterView view) {
        return new Planning(new Situation(view, settings)).plan();
    }

    /**
     * The groups 1 to {@code count} that are missing, for a new cluster; to be asked when the nodes it begins with have
     * registered. In fewer than three zones groups have fewer replicas, which is said among the obstacles.
     */
    public Plan bootstrap(ClusterView view, int count) {
        return GroupPlacement.plan(new Situation(view, settings), count);
    }

    public Health health(ClusterView view, String nodeId) {
        return new Situation(view, settings).health(nodeId);
    }

    /** One question being answered: each decision sees those before it. */
    private static final class Planning {
        private final List<Action> actions = new ArrayList<>();
        private final List<String> obstacles;
        private Situation situation;

        Planning(Situation situation) {
            this.situation = situation;
            this.obstacles = obstacles(situation);
        }

        Plan plan() {
            REPAIRS.forEach(this::askAboutEachGroup);
            var relieved = LeaderPolicy.relieve(situation);
            relieved.ifPresent(this::take);
            MOVES.forEach(this::askAboutEachGroup);
            BalancePolicy.next(situation).ifPresent(this::take);
            if (relieved.isEmpty()) {
                LeaderPolicy.spread(situation).ifPresent(this::take);
            }
            return new Plan(actions, obstacles);
        }

        private void askAboutEachGroup(GroupPolicy policy) {
            for (var group : situation.groups()) {
                var wanted = situation.canChange(group) ? policy.next(situation, group) : Optional.<Action>empty();
                wanted.filter(action -> Safety.permits(situation, action, group))
                        .ifPresent(this::take);
            }
        }

        private void take(Action action) {
            actions.add(action);
            situation = situation.after(action);
        }

        private static List<String> obstacles(Situation situation) {
            return situation.groups().stream()
                    .flatMap(group -> Stream.concat(
                            HealingPolicy.obstacle(situation, group).stream(),
                            DrainPolicy.obstacle(situation, group).stream()))
                    .toList();
        }
    }
}
