------------------------------ MODULE LogReplicas ------------------------------
(***************************************************************************)
(* Voters without data.  A log replica keeps recent log entries and no     *)
(* state.  It counts for every quorum and may even be elected, for it may  *)
(* alone have the newest entries, but it serves nothing and its snapshot   *)
(* is empty.  It replaces a storage replica that was declared dead, and is *)
(* replaced by a rebuilt one.                                              *)
(*                                                                         *)
(* Modelled: terms, elections and logs of Raft; logs whose beginning has   *)
(* been thrown away; snapshots; changes of members through a joint         *)
(* configuration; disks that are lost for good, one whenever the group has *)
(* been declared healthy since the last; replicas declared dead that are   *)
(* not.                                                                    *)
(*                                                                         *)
(* Abstracted: an election is one step (until then its voters have nothing *)
(* to do in that term); an append carries all that is missing, and a       *)
(* replica knows at once what is committed.  That the leader of an older   *)
(* term serves no more is the matter of LeaseReads, that a log replica     *)
(* gets rid of the leadership that of HandOver.                            *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets, TLC

CONSTANTS
    Storage, LogOnly,  \* replicas
    First,             \* leads term 1, with which we begin
    Founders,          \* the voters then
    TermMax, WritesMax, ChangesMax, LossesMax,
    Without

Rules == {
    "LogReplicaServesNothing",         \* whoever serves must have the data
    "LogReplicaSendsNoSnapshot",       \* it has none
    "LogReplicaKeepsWhatStorageLacks", \* each storage replica among the voters, on its disk
    "LeaderServesWhenApplied",         \* everything up to the first entry of its term
    "MembersChangeThroughJoint",       \* the old voters decide too until the new ones have agreed
    "HealthNeedsSettledMembers",       \* nobody is being replaced
    "HealthNeedsTwoStorageReplicas",   \* among the voters
    "HealthNeedsReplayableLogs",       \* that begin where the last storage replica ends, or before
    "LostDiskLosesItsName" }           \* a replica that starts with an empty disk is another one
ASSUME Without \subseteq Rules
Kept(rule) == rule \notin Without

Nodes == Storage \cup LogOnly
Symmetry == Permutations((Storage \cap Founders) \ {First})

VARIABLES
    term, leads,
    log,       \* with what was thrown away
    base,      \* how much was thrown away, or never had
    applied,   \* how far the replica's state is, as the replica sees it
    content,   \* the entries that are really in it
    chosen,    \* what is committed
    lost,      \* replicas without their disk
    losses,
    isHealthy  \* declared so since the last loss or change

raft == <<term, leads, log, base>>
state == <<applied, content>>
world == <<lost, losses>>
vars == <<raft, state, chosen, world, isHealthy>>

Max(set) == CHOOSE x \in set : \A y \in set : y <= x
Min(set) == CHOOSE x \in set : \A y \in set : x <= y
Count(entries, kind) == Cardinality({i \in DOMAIN entries : entries[i].kind = kind})
Prefix(entries, length) == SubSeq(entries, 1, length)
Common(s, t) == Cardinality({i \in DOMAIN s \cap DOMAIN t : s[i].term = t[i].term}) \* as Raft compares them

-------------------------------------------------------------------------------
(* Members and quorums, by the newest membership in a log. *)

Entry(t, kind, memberships) == [term |-> t, kind |-> kind, memberships |-> memberships]
Founding == Entry(1, "members", {Founders})
Memberships(entries) == entries[Max({i \in DOMAIN entries : entries[i].kind \in {"joint", "members"}})].memberships
Voters(entries) == UNION Memberships(entries)
IsQuorum(entries, set) ==
    \A voters \in Memberships(entries) : 2 * Cardinality(set \cap voters) > Cardinality(voters)

LastTerm(n) == IF log[n] = <<>> THEN 0 ELSE log[n][Len(log[n])].term
UpToDate(candidate, voter) ==
    \/ LastTerm(candidate) > LastTerm(voter)
    \/ (LastTerm(candidate) = LastTerm(voter) /\ Len(log[candidate]) >= Len(log[voter]))

Init ==
    /\ term = [n \in Nodes |-> IF n \in Founders THEN 1 ELSE 0]
    /\ leads = [n \in Nodes |-> n = First]
    /\ log = [n \in Nodes |-> IF n \in Founders THEN <<Founding>> ELSE <<>>]
    /\ base = [n \in Nodes |-> 0]
    /\ applied = [n \in Nodes |-> IF n \in Founders THEN 1 ELSE 0]
    /\ content = [n \in Nodes |-> 1..applied[n]]
    /\ chosen = <<Founding>>
    /\ lost = {}
    /\ losses = 0
    /\ isHealthy = TRUE

-------------------------------------------------------------------------------
(* Raft. *)

Elect(n) ==
    /\ log[n] # <<>> /\ term[n] < TermMax
    /\ \E voters \in SUBSET (Voters(log[n]) \ lost) :
        /\ n \in voters
        /\ IsQuorum(log[n], voters)
        /\ \A v \in voters : UpToDate(n, v)
        /\ LET next == Max({term[v] : v \in voters}) + 1
           IN  /\ next <= TermMax
               /\ term' = [v \in Nodes |-> IF v \in voters THEN next ELSE term[v]]
               /\ leads' = [v \in Nodes |-> IF v \in voters THEN v = n ELSE leads[v]]
               /\ log' = [log EXCEPT ![n] = Append(@, Entry(next, "begin", {}))]
    /\ UNCHANGED <<base, state, chosen, world, isHealthy>>

Propose(n, kind, memberships) ==
    /\ leads[n]
    /\ log' = [log EXCEPT ![n] = Append(@, Entry(term[n], kind, memberships))]
    /\ UNCHANGED <<term, leads, base, state, chosen, world>>

Commit(n) ==
    /\ leads[n]
    /\ LET length == Len(log[n])
           holders == {f \in Nodes \ lost : term[f] = term[n] /\ Common(log[f], log[n]) = length}
       IN  /\ length > Len(chosen)
           /\ log[n][length].term = term[n]
           /\ IsQuorum(log[n], holders)
           /\ chosen' = log[n]
    /\ UNCHANGED <<raft, state, world, isHealthy>>

Hears(f, l) ==
    /\ leads[l] /\ f # l
    /\ f \in Voters(log[l]) \ lost
    /\ term[f] <= term[l]
    /\ term' = [term EXCEPT ![f] = term[l]]
    /\ leads' = [leads EXCEPT ![f] = FALSE]

Replicate(l, f) ==
    /\ Hears(f, l)
    /\ Common(log[l], log[f]) >= base[l]
    /\ log' = [log EXCEPT ![f] = log[l]]
    /\ UNCHANGED <<base, state, chosen, world, isHealthy>>

(* The follower believes that it has applied what the snapshot is said to contain. *)
SendSnapshot(l, f) ==
    /\ Hears(f, l)
    /\ Common(log[l], log[f]) < base[l]
    /\ Kept("LogReplicaSendsNoSnapshot") => l \in Storage
    /\ LET index == IF l \in Storage THEN applied[l] ELSE base[l]
       IN  /\ log' = [log EXCEPT ![f] = Prefix(log[l], index)]
           /\ base' = [base EXCEPT ![f] = index]
           /\ applied' = [applied EXCEPT ![f] = IF f \in Storage THEN index ELSE 0]
           /\ content' = [content EXCEPT ![f] = IF f \in Storage /\ l \in Storage THEN content[l] ELSE @]
    /\ UNCHANGED <<chosen, world, isHealthy>>

-------------------------------------------------------------------------------
(* Replicas. *)

Applied(n, index) ==
    /\ content' = [content EXCEPT ![n] = @ \cup ((applied[n] + 1)..index)]
    /\ applied' = [applied EXCEPT ![n] = index]

(* Followers apply and throw away too, but it shows only when they lead. *)
Apply(n) ==
    /\ leads[n]
    /\ n \in Storage
    /\ applied[n] < Common(log[n], chosen)
    /\ Applied(n, Common(log[n], chosen))
    /\ UNCHANGED <<raft, chosen, world, isHealthy>>

(* A storage replica throws away what is in its state, a log replica what others have on their disks. *)
Truncate(n) ==
    /\ IF n \in Storage THEN leads[n] ELSE log[n] # <<>> /\ n \notin lost
    /\ LET onDisk(m) == Common(log[m], chosen)
           index == IF n \in LogOnly /\ Kept("LogReplicaKeepsWhatStorageLacks")
                    THEN Min({onDisk(m) : m \in {n} \cup (Voters(log[n]) \cap Storage)})
                    ELSE onDisk(n)
       IN  /\ base[n] < index
           /\ base' = [base EXCEPT ![n] = index]
           /\ IF n \in Storage THEN Applied(n, index) ELSE UNCHANGED state
    /\ UNCHANGED <<term, leads, log, chosen, world, isHealthy>>

Serves(n) ==
    /\ leads[n]
    /\ Kept("LogReplicaServesNothing") => n \in Storage
    /\ LET begin == Min({i \in DOMAIN log[n] : log[n][i].term = term[n]})
       IN  IF n \in Storage
           THEN Kept("LeaderServesWhenApplied") => applied[n] >= begin
           ELSE Len(chosen) >= begin

Write(n) ==
    /\ Serves(n)
    /\ Count(log[n], "write") < WritesMax
    /\ Propose(n, "write", {})
    /\ UNCHANGED isHealthy

-------------------------------------------------------------------------------
(* Membership. *)

(* A storage replica, dead or only declared so, gives way to a log replica, or a log replica to a storage one. *)
BeginChange(n, leaver, joiner) ==
    /\ Serves(n)
    /\ \A i \in DOMAIN log[n] : log[n][i].kind # "write" => i <= Common(log[n], chosen)
    /\ Cardinality(Memberships(log[n])) = 1
    /\ Count(log[n], "members") <= ChangesMax
    /\ leaver \in Voters(log[n]) \ {n}
    /\ joiner \notin Voters(log[n]) \cup lost
    /\ joiner \in Storage \/ leaver \in Storage
    /\ LET old == Voters(log[n])
           new == (old \ {leaver}) \cup {joiner}
       IN  IF Kept("MembersChangeThroughJoint")
           THEN Propose(n, "joint", {old, new})
           ELSE Propose(n, "members", {new})
    /\ isHealthy' = FALSE

EndChange(n) ==
    /\ leads[n]
    /\ \E i \in DOMAIN log[n] :
        /\ log[n][i].kind = "joint"
        /\ log[n][i].memberships = Memberships(log[n])
        /\ i <= Common(log[n], chosen)
        /\ LET old == Voters(Prefix(log[n], i - 1))
               new == CHOOSE voters \in Memberships(log[n]) : voters # old
           IN  Propose(n, "members", {new})
    /\ UNCHANGED isHealthy

DeclareHealthy(n) ==
    /\ ~isHealthy
    /\ leads[n] /\ \A m \in Nodes : term[m] <= term[n]
    /\ LET entries == IF Kept("HealthNeedsSettledMembers") THEN log[n] ELSE chosen
           voters == Voters(entries)
           storage == voters \cap Storage
       IN  /\ Cardinality(Memberships(entries)) = 1
           /\ Memberships(entries) = Memberships(chosen)
           /\ voters \cap lost = {}
           /\ Kept("HealthNeedsTwoStorageReplicas") => Cardinality(storage) >= 2
           /\ Kept("HealthNeedsReplayableLogs") =>
                \A s \in storage, l \in voters \cap LogOnly : Common(log[s], chosen) >= base[l]
    /\ isHealthy' = TRUE
    /\ UNCHANGED <<raft, state, chosen, world>>

-------------------------------------------------------------------------------
(* The world. *)

LoseDisk(n) ==
    /\ isHealthy
    /\ losses < LossesMax
    /\ n \notin lost
    /\ losses' = losses + 1
    /\ isHealthy' = FALSE
    /\ leads' = [leads EXCEPT ![n] = FALSE]
    /\ applied' = [applied EXCEPT ![n] = 0]
    /\ content' = [content EXCEPT ![n] = {}]
    /\ log' = [log EXCEPT ![n] = <<>>]
    /\ base' = [base EXCEPT ![n] = 0]
    /\ term' = [term EXCEPT ![n] = 0]
    /\ lost' = IF Kept("LostDiskLosesItsName") THEN lost \cup {n} ELSE lost
    /\ UNCHANGED chosen

Next ==
    \/ \E n \in Nodes :
        \/ Elect(n) \/ Commit(n) \/ Apply(n) \/ Truncate(n) \/ Write(n) \/ EndChange(n)
        \/ DeclareHealthy(n) \/ LoseDisk(n)
        \/ \E f \in Nodes : Replicate(n, f) \/ SendSnapshot(n, f)
        \/ \E leaver, joiner \in Nodes : BeginChange(n, leaver, joiner)

Spec == Init /\ [][Next]_vars

-------------------------------------------------------------------------------
(* What must hold. *)

(* How far a storage replica gets with its own state and all the logs that are left. *)
RECURSIVE Replayed(_)
Replayed(length) ==
    LET further == {n \in Voters(chosen) \ lost : base[n] <= length /\ Common(log[n], chosen) > length}
    IN  IF further = {} THEN length ELSE Replayed(Max({Common(log[n], chosen) : n \in further}))

NoCommittedWriteIsLost ==
    \E s \in (Storage \cap Voters(chosen)) \ lost : Replayed(Max({applied[s], Common(log[s], chosen)})) = Len(chosen)

NoGapIsApplied == \A n \in Storage : content[n] = 1..applied[n]

(* Of the newest leader; LeaseReads keeps the others silent. *)
WhoeverServesHasEverything ==
    \A n \in Nodes : Serves(n) /\ (\A m \in Nodes : term[m] <= term[n]) =>
        \A i \in DOMAIN chosen : chosen[i].term < term[n] => i \in content[n]

OneHistory == \A n \in Nodes : leads[n] /\ (\A m \in Nodes : term[m] <= term[n]) => Common(log[n], chosen) = Len(chosen)

(* What must be able to happen. *)

NeverLogReplicaLeads == \A n \in LogOnly : ~leads[n]
NeverAloneWithTheNewest ==
    \A n \in LogOnly : ~(leads[n] /\ \A s \in Storage \ lost : Common(log[s], chosen) < Len(chosen))
===============================================================================
