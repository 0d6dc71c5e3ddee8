package dev.evenkeel.autoadmin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.autoadmin.Action.AddLogReplica;
import dev.evenkeel.autoadmin.Action.AddStorageReplica;
import dev.evenkeel.autoadmin.Action.ConvertLogReplica;
import dev.evenkeel.autoadmin.Action.CreateGroup;
import dev.evenkeel.autoadmin.Action.MembershipChange;
import dev.evenkeel.autoadmin.Action.PromoteReplica;
import dev.evenkeel.autoadmin.Action.RemoveReplica;
import dev.evenkeel.autoadmin.Action.TransferLeader;
import dev.evenkeel.metadata.ReplicaDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What autoadmin decides, case by case. */
class AutoadminTest {
    private static final Duration A_WHILE =
            AutoadminSettings.DEFAULT.unhealthyAfter().plusSeconds(1);
    private static final Duration LONG =
            AutoadminSettings.DEFAULT.rebuildAfter().plusSeconds(1);

    private final Autoadmin autoadmin = new Autoadmin(AutoadminSettings.DEFAULT);

    private void assertPlan(Views views, Action... actions) {
        assertThat(autoadmin.plan(views.build()).actions()).containsExactly(actions);
    }

    private void assertStuck(Views views, String... obstacles) {
        var plan = autoadmin.plan(views.build());
        assertThat(plan.actions()).isEmpty();
        assertThat(plan.obstacles()).containsExactly(obstacles);
    }

    @Test
    void aHealthyClusterIsLeftAlone() {
        assertThat(autoadmin.plan(new Views("a1 b1 c1").group(1, "a1 b1 c1").build()))
                .isEqualTo(new Plan(List.of(), List.of()));
    }

    // healing

    @Test
    void aDeadNodesVotesGoToALogReplicaInItsZoneInEveryGroupAtOnce() {
        assertPlan(
                new Views("a1 b1 c1 c2")
                        .dead("c1", A_WHILE)
                        .group(1, "a1 b1 c1")
                        .group(2, "b1 a1 c1"),
                new AddLogReplica(1, "c2", "c1", true),
                new AddLogReplica(2, "c2", "c1", true));
    }

    @Test
    void theDeadReplicaStaysAsALearner() {
        var group = new Views("a1 b1 c1 c2").group(1, "a1 b1 c1").group(1);
        var after = new AddLogReplica(1, "c2", "c1", true).applyTo(group);

        assertThat(after.replicas())
                .containsExactly(
                        new ReplicaDescriptor("a1", ReplicaKind.STORAGE),
                        new ReplicaDescriptor("b1", ReplicaKind.STORAGE),
                        new ReplicaDescriptor("c2", ReplicaKind.LOG),
                        new ReplicaDescriptor("c1", ReplicaKind.LEARNER));
    }

    @Test
    void aNodeThatOnePeerCannotHearIsNotDead() {
        var views = new Views("a1 b1 c1 c2").deaf("a1", "c1").group(1, "a1 b1 c1");

        assertPlan(views);
        assertThat(autoadmin.health(views.build(), "c1")).isEqualTo(Health.HEALTHY);
    }

    @Test
    void withoutAgreementANodeIsSuspect() {
        var views = new Views("a1 b1 c1").deaf("a1", "c1").group(1, "a1 b1 c1");

        assertPlan(views);
        assertThat(autoadmin.health(views.build(), "c1")).isEqualTo(Health.SUSPECT);
    }

    @Test
    void withoutASpareNodeInTheZoneNothingIsDone() {
        assertStuck(
                new Views("a1 a2 b1 b2 c1").dead("c1", LONG).group(1, "a1 b1 c1"),
                "cannot heal group 1: zone c has no spare node");
    }

    @Test
    void aGroupWithoutALeaderIsNotTouched() {
        assertStuck(
                new Views("a1 b1 c1 c2").dead("c1", LONG).group(1, "a1 b1 c1").ledBy(1, null),
                "cannot heal group 1: it has no leader");
    }

    @Test
    void aGroupUnderChangeIsNotTouched() {
        assertPlan(
                new Views("a1 b1 c1 c2").dead("c1", LONG).group(1, "a1 b1 c1").changing(1));
    }

    // replicas that have failed on a node that is well

    @Test
    void aReplicaThatHasFailedForAWhileIsHealedAsIfItsNodeWereDead() {
        var views = new Views("a1 b1 c1 c2").group(1, "a1 b1 c1");

        assertPlan(views.failed(1, "c1", AutoadminSettings.DEFAULT.unhealthyAfter()));
        assertPlan(views.failed(1, "c1", A_WHILE), new AddLogReplica(1, "c2", "c1", true));
    }

    @Test
    void itIsAwaitedAndGetsItsVoteAgainOrIsGivenUp() {
        var views = new Views("a1 b1 c1 c2").group(1, "a1 b1 log:c2 learner:c1");

        assertPlan(views.failed(1, "c1", A_WHILE));
        assertPlan(views.failed(1, "c1", LONG), new RemoveReplica(1, "c1"));
        assertPlan(views.failed(1, "c1", Duration.ZERO).behind(1, "c1"));
    }

    @Test
    void aNodeWithAFailedReplicaIsGivenNothingNew() {
        assertStuck(
                new Views("a1 b1 c1 c2")
                        .dead("c1", A_WHILE)
                        .group(1, "a1 b1 c1")
                        .group(2, "b1 a1 c2")
                        .failed(2, "c2", A_WHILE),
                "cannot heal group 1: zone c has no spare node",
                "cannot heal group 2: zone c has no spare node");
    }

    @Test
    void theCatalogsFailedReplicaGivesItsVoteToANodeThatFollows() {
        assertPlan(
                new Views("a1 b1 c1 c2").group(0, "a1 b1 c1").failed(0, "c1", A_WHILE),
                new PromoteReplica(0, "c2", "c1"));
    }

    @Test
    void theCatalogsVoteGoesToANodeThatFollowsIt() {
        assertPlan(
                new Views("a1 b1 c1 c2").dead("c1", A_WHILE).group(0, "a1 b1 c1"), new PromoteReplica(0, "c2", "c1"));
        assertPlan(new Views("a1 b1 c1 c2")
                .dead("c1", A_WHILE)
                .group(0, "a1 b1 c1")
                .behind(0, "c2"));
    }

    // after healing

    @Test
    void theDeadNodesReturnIsAwaited() {
        assertPlan(new Views("a1 b1 c1 c2 c3").dead("c1", A_WHILE).group(1, "a1 b1 log:c2 learner:c1"));
    }

    @Test
    void whoComesBackGetsItsVoteAgainWhenItHasCaughtUp() {
        var views = new Views("a1 b1 c1 c2").group(1, "a1 b1 log:c2 learner:c1");

        assertPlan(views, new PromoteReplica(1, "c1", "c2"));
        assertPlan(views.behind(1, "c1"));
    }

    @Test
    void whoStaysAwayForLongIsGivenUp() {
        assertPlan(
                new Views("a1 b1 c1 c2").dead("c1", LONG).group(1, "a1 b1 log:c2 learner:c1"),
                new RemoveReplica(1, "c1"));
    }

    @Test
    void aStorageReplicaIsRebuiltOnAnotherNodeIfThereIsOne() {
        assertPlan(
                new Views("a1 b1 c1 c2 c3").dead("c1", LONG).group(1, "a1 b1 log:c2"), new AddStorageReplica(1, "c3"));
        assertPlan(new Views("a1 b1 c1 c2").dead("c1", LONG).group(1, "a1 b1 log:c2"), new ConvertLogReplica(1, "c2"));
    }

    @Test
    void onlyAFewReplicasAreFilledAtOnce() {
        assertPlan(
                new Views("a1 b1 c1 c2")
                        .group(1, "a1 b1 log:c1")
                        .group(2, "b1 a1 log:c1")
                        .group(3, "a1 b1 log:c1"),
                new AddStorageReplica(1, "c2"),
                new AddStorageReplica(2, "c2"));
    }

    // draining

    @Test
    void aDrainingNodeGivesLeadershipUpFirst() {
        assertPlan(new Views("a1 a2 b1 c1").draining("a1").group(1, "a1 b1 c1"), new TransferLeader(1, "b1"));
        assertPlan(new Views("a1 a2 b1 c1").draining("a1").group(1, "b1 a1 c1"), new AddStorageReplica(1, "a2"));
        assertPlan(
                new Views("a1 a2 b1 c1").draining("a1").group(1, "b1 a1 c1 learner:a2"),
                new PromoteReplica(1, "a2", "a1"));
    }

    @Test
    void aDrainThatIsImpossibleSaysWhy() {
        assertStuck(
                new Views("a1 b1 b2 c1").draining("a1").group(1, "b1 a1 c1"),
                "cannot drain node a1: zone a has no other node for its replica of group 1");
    }

    @Test
    void theOnlyReplicaMovesThoughItLeads() {
        assertPlan(new Views("a1 a2").draining("a1").group(1, "a1"), new AddStorageReplica(1, "a2"));
        assertPlan(new Views("a1 a2").draining("a1").group(1, "a1 learner:a2"), new PromoteReplica(1, "a2", "a1"));
    }

    // balance

    @Test
    void aNodeThatJoinsGetsOneReplicaAtATimeOfThoseThatDoNotLead() {
        var views = new Views("a1 a2 b1 c1")
                .group(1, "a1 b1 c1")
                .group(2, "b1 a1 c1")
                .group(3, "c1 a1 b1");

        assertPlan(views, new AddStorageReplica(2, "a2"));
    }

    @Test
    void aGroupOfTwoZonesGrowsIntoTheThird() {
        var views = new Views("a1 b1 c1").group(1, "a1 b1");

        assertPlan(views, new AddStorageReplica(1, "c1"));
        assertPlan(new Views("a1 b1 c1").group(1, "a1 b1 learner:c1"), new PromoteReplica(1, "c1", null));
    }

    @Test
    void leadersAreSpreadOneAtATime() {
        var views = new Views("a1 b1 c1")
                .group(1, "a1 b1 c1")
                .group(2, "a1 b1 c1")
                .group(3, "a1 b1 c1")
                .behind(1, "b1");

        assertPlan(views, new TransferLeader(1, "c1"));
    }

    @Test
    void nobodyLeadsWhoWouldNot() {
        var views = new Views("a1 b1 c1")
                .group(1, "a1 b1 c1")
                .group(2, "a1 b1 c1")
                .group(3, "a1 b1 c1")
                .unwilling("b1");

        assertPlan(views, new TransferLeader(1, "c1"));
        assertPlan(views.unwilling("c1"));
    }

    @Test
    void leadersAreSpreadThroughAThirdNodeIfNeedBe() {
        var views = new Views("a1 a2 b1 b2")
                .group(1, "a1 b1")
                .group(2, "a1 b1")
                .group(3, "b1 a2")
                .group(4, "b2 a2")
                .group(5, "b2 a2");

        // a1 leads two and shares groups with b1 only, which leads one; a2 leads none and can relieve b1
        assertPlan(views, new TransferLeader(3, "a2"));
        assertPlan(views.ledBy(3, "a2"), new TransferLeader(1, "b1"));
        assertPlan(views.ledBy(1, "b1"));
    }

    // new clusters

    @Test
    void newGroupsLieInThreeZonesAndTheirLeadersApart() {
        var plan = autoadmin.bootstrap(new Views("a1 a2 b1 c1 c2").build(), 3);

        assertThat(plan.actions())
                .containsExactly(
                        created(1, "a1", "b1", "c1"), created(2, "a2", "b1", "c2"), created(3, "b1", "c1", "a1"));
        assertThat(plan.obstacles()).isEmpty();
    }

    @Test
    void withFewerZonesNewGroupsHaveFewerReplicasAndThatIsSaid() {
        var plan = autoadmin.bootstrap(new Views("a1").build(), 1);

        assertThat(plan.actions()).containsExactly(created(1, "a1"));
        assertThat(plan.obstacles())
                .containsExactly(
                        "there are nodes in 1 of 3 zones: new groups have a replica in each, and losing one stops them");
    }

    @Test
    void aZoneWhoseNodesAreNotHeardIsNamed() {
        var plan = autoadmin.bootstrap(
                new Views("a1 b1 c1").dead("c1", Duration.ofMinutes(1)).build(), 1);

        assertThat(plan.obstacles())
                .containsExactly(
                        "there are healthy nodes in 2 of 3 zones, none in c: new groups have a replica in each,"
                                + " and losing one stops them");
    }

    @Test
    void groupsThatAreThereAreNotCreatedAgain() {
        var views = new Views("a1 b1 c1").group(1, "a1 b1 c1");

        assertThat(autoadmin.bootstrap(views.build(), 2).actions())
                .extracting(Action::groupId)
                .containsExactly(2);
    }

    private static CreateGroup created(int id, String... nodes) {
        return new CreateGroup(
                id,
                List.of(nodes).stream()
                        .map(node -> new ReplicaDescriptor(node, ReplicaKind.STORAGE))
                        .toList());
    }

    // the last word

    @Test
    void noVoteGoesWhereTheMajorityWouldBeLost() {
        var views = new Views("a1 b1 b2 c1 c2")
                .dead("b2", A_WHILE)
                .dead("c1", A_WHILE)
                .group(1, "a1 b1 c1");
        var group = views.group(1);
        var situation = new Situation(views.build(), AutoadminSettings.DEFAULT);

        MembershipChange sound = new AddLogReplica(1, "c2", "c1", true);
        MembershipChange fatal = new AddLogReplica(1, "b2", "b1", true);
        assertThat(Safety.permits(situation, sound, group)).isTrue();
        assertThat(Safety.permits(situation, fatal, group)).isFalse();
    }
}
