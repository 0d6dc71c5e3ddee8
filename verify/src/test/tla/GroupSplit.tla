------------------------------ MODULE GroupSplit ------------------------------
(***************************************************************************)
(* One entry of a group's log splits a partition of the group in two.      *)
(* Writes that were evaluated against the whole may come behind it in the  *)
(* log, routers go on asking for the whole, and the leader may change at   *)
(* any moment.                                                             *)
(*                                                                         *)
(* A partition never changes its range: a split ends one and begins two    *)
(* with names of their own.  So a name in an entry says against which      *)
(* range the entry was evaluated, and whether that still exists is all     *)
(* that a replica must ask.                                                *)
(*                                                                         *)
(* Modelled: requests with any route that was ever or will ever be right;  *)
(* evaluation on what is applied and what the partition itself has in      *)
(* flight; leader changes that lose any part of the log that is not        *)
(* committed.                                                              *)
(*                                                                         *)
(* Abstracted: Raft is the log of whoever leads, and all replicas are one; *)
(* in one term all that is proposed gets into the log in order, for what   *)
(* does not is the matter of PredictedLsns; a partition is named by its    *)
(* range, a value is the name of the write that made it.                   *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS KeyMax, WritesMax, SplitsMax, TermMax, Without

Rules == {
    "LeaderChecksRoute",      \* that the partition asked for has the key
    "LeaderKnowsPartition",   \* and that it exists, as far as the leader has applied
    "HalvesBeginWhenApplied", \* not when the split is proposed
    "SplitFencesWhole",       \* a write for a partition that is no more is skipped
    "SplitNeedsItsPartition", \* so is a split
    "NewLeaderAppliesFirst" } \* all that it finds in its log
ASSUME Without \subseteq Rules
Kept(rule) == rule \notin Without

VARIABLES
    log, committed,
    term, termStart, \* how much the leader found in its log
    applied,
    partitions,      \* as of what is applied
    values,          \* of the keys, as of what is applied
    writes,          \* made so far: names them
    faults           \* what went wrong in applying

raft == <<log, committed, term, termStart>>
state == <<applied, partitions, values, faults>>
vars == <<raft, state, writes>>

Keys == 1..KeyMax
Ranges == {range \in Keys \X Keys : range[1] <= range[2]}
Has(range, key) == range[1] <= key /\ key <= range[2]
Halves(range, last) == {<<range[1], last>>, <<last + 1, range[2]>>}

Init ==
    /\ log = <<>>
    /\ committed = 0
    /\ term = 1
    /\ termStart = 0
    /\ applied = 0
    /\ partitions = {<<1, KeyMax>>}
    /\ values = [key \in Keys |-> 0]
    /\ writes = 0
    /\ faults = {}

-------------------------------------------------------------------------------
(* The leader. *)

IsReady == Kept("NewLeaderAppliesFirst") => applied >= termStart

InFlight == {i \in DOMAIN log : i > applied /\ i > termStart}

Proposed == {i \in InFlight : log[i].kind = "split"}

Serves ==
    IF Kept("HalvesBeginWhenApplied")
    THEN partitions
    ELSE partitions \cup UNION {Halves(log[i].partition, log[i].last) : i \in Proposed}

(* What the next write of the key is evaluated on: the partition's own outcomes in flight, or the state. *)
Ground(partition, key) ==
    LET pending == {i \in InFlight : log[i].kind = "write" /\ log[i].partition = partition /\ log[i].key = key}
    IN  IF pending = {} THEN values[key] ELSE log[CHOOSE i \in pending : \A j \in pending : j <= i].id

Write(partition, key) ==
    /\ IsReady
    /\ writes < WritesMax
    /\ Kept("LeaderKnowsPartition") => partition \in Serves
    /\ Kept("LeaderChecksRoute") => Has(partition, key)
    /\ writes' = writes + 1
    /\ log' = Append(log, [kind |-> "write", partition |-> partition, key |-> key, id |-> writes',
                           on |-> Ground(partition, key)])
    /\ UNCHANGED <<committed, term, termStart, state>>

Split(partition, last) ==
    /\ IsReady
    /\ partition \in Serves
    /\ Has(partition, last) /\ Has(partition, last + 1)
    /\ Cardinality({i \in DOMAIN log : log[i].kind = "split"}) < SplitsMax
    /\ log' = Append(log, [kind |-> "split", partition |-> partition, last |-> last])
    /\ UNCHANGED <<committed, term, termStart, state, writes>>

-------------------------------------------------------------------------------
(* Raft. *)

Commit ==
    /\ committed < Len(log)
    /\ committed' = committed + 1
    /\ UNCHANGED <<log, term, termStart, state, writes>>

ChangeLeader ==
    /\ term < TermMax
    /\ term' = term + 1
    /\ \E kept \in committed..Len(log) :
        /\ log' = SubSeq(log, 1, kept)
        /\ termStart' = kept
    /\ UNCHANGED <<committed, state, writes>>

-------------------------------------------------------------------------------
(* The replicas. *)

ApplyWrite(entry) ==
    IF Kept("SplitFencesWhole") /\ entry.partition \notin partitions
    THEN UNCHANGED <<partitions, values, faults>>
    ELSE /\ values' = [values EXCEPT ![entry.key] = entry.id]
         /\ faults' = faults
                \cup (IF entry.partition \in partitions THEN {} ELSE {"partition is no more"})
                \cup (IF Has(entry.partition, entry.key) THEN {} ELSE {"key of another partition"})
                \cup (IF entry.on = values[entry.key] THEN {} ELSE {"evaluated on something else"})
         /\ UNCHANGED partitions

ApplySplit(entry) ==
    /\ partitions' = IF Kept("SplitNeedsItsPartition") /\ entry.partition \notin partitions
                     THEN partitions
                     ELSE (partitions \ {entry.partition}) \cup Halves(entry.partition, entry.last)
    /\ UNCHANGED <<values, faults>>

Apply ==
    /\ applied < committed
    /\ applied' = applied + 1
    /\ IF log[applied'].kind = "write" THEN ApplyWrite(log[applied']) ELSE ApplySplit(log[applied'])
    /\ UNCHANGED <<raft, writes>>

Next ==
    \/ Commit \/ Apply \/ ChangeLeader
    \/ \E partition \in Ranges, key \in Keys : Write(partition, key) \/ Split(partition, key)

Spec == Init /\ [][Next]_vars

-------------------------------------------------------------------------------
(* What must hold. *)

EveryKeyHasOnePartition == \A key \in Keys : Cardinality({range \in partitions : Has(range, key)}) = 1

EveryWriteIsWhereItBelongs == faults = {}

(* What must be able to happen. *)

NeverTwoSplits == Cardinality(partitions) < 3
NeverWriteBehindSplit ==
    \A i, j \in DOMAIN log :
        ~(i < j /\ log[i].kind = "split" /\ log[j].kind = "write" /\ log[i].partition = log[j].partition)
===============================================================================
