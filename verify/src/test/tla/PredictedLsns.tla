---------------------------- MODULE PredictedLsns ----------------------------
(***************************************************************************)
(* Writes evaluated on outcomes that are still in flight.  The leader      *)
(* proposes each with the place in the log that it expects: a base, where  *)
(* its epoch began, and an offset.  A write that gets another place, or    *)
(* has an entry of Raft's own between its base and itself, is void: every  *)
(* replica skips it.  Thus a write that was lost on the way takes all that *)
(* were evaluated on it with it, whatever slips in between.                *)
(*                                                                         *)
(* Modelled: a queue between the leader and Raft, which refuses any of its *)
(* writes ("busy") and takes later ones; entries of Raft's own at any      *)
(* place; leader changes that lose any part of the log that is not         *)
(* committed, to another node or, after a while, back to the same one,     *)
(* whose queue still holds writes of its former term; replicas that start  *)
(* again from their state; refused conditions, whose answers too rest on   *)
(* outcomes in flight.                                                     *)
(*                                                                         *)
(* Abstracted: Raft is the log of whoever leads (what deposed leaders      *)
(* append cannot be committed), and all replicas are one, which may fall   *)
(* back when the leader changes.                                           *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS WritesMax, InternalsMax, TermMax, RefusalsMax, Without

Rules == {
    "PlaceMustBeAsPredicted",       \* index = base + offset
    "NoInternalEntrySinceBase",     \* none of Raft's own between base and index
    "InternalEntriesOutliveRestart",\* the place of the last one is part of the replica's durable state
    "EpochEndsAtHole",              \* counting again from where one is, in the same epoch, is not enough
    "EpochWaitsForAllInFlight",     \* it begins when all of this term's writes have come back
    "TermMustBeAsExpected",         \* Raft refuses what was proposed in an earlier term of this node
    "NewLeaderAppliesFirst",        \* all that it finds in its log, before it evaluates anything
    "RefusalWaitsForItsGround" }    \* until the outcomes it rests on have been applied
ASSUME Without \subseteq Rules
Kept(rule) == rule \notin Without

VARIABLES
    log, committed,
    term, termStart,    \* the place of the entry with which the leader began its term
    queue,              \* proposed, not yet taken by Raft
    isOpen, base, next, \* the epoch: whether writes are evaluated, and the next one's offset
    view,               \* the writes on whose outcomes the next one is evaluated
    applied, history,   \* the replica: how far it is, and what it did not skip
    lastInternal,       \* the place of the last of Raft's own entries that the replica knows of
    writes,             \* made so far: names them
    refusals,           \* decided, not told: the view they rest on
    told                \* the view that the last told refusal rests on

raft == <<log, committed, term, termStart>>
epoch == <<isOpen, base, next, view>>
replica == <<applied, history, lastInternal>>
answers == <<refusals, told>>
vars == <<raft, queue, epoch, replica, writes, answers>>

Internal == [id |-> 0]
IsInternal(entry) == entry.id = 0
Ids(entries) == [i \in DOMAIN entries |-> entries[i].id]
IsPrefix(s, t) == Len(s) <= Len(t) /\ s = SubSeq(t, 1, Len(s))

Init ==
    /\ log = <<Internal>>
    /\ committed = 0
    /\ term = 1
    /\ termStart = 1
    /\ queue = <<>>
    /\ isOpen = FALSE
    /\ base = 0
    /\ next = 1
    /\ view = <<>>
    /\ applied = 0
    /\ history = <<>>
    /\ lastInternal = 0
    /\ writes = 0
    /\ refusals = {}
    /\ told = <<>>

-------------------------------------------------------------------------------
(* The leader. *)

InFlight ==
    \/ \E i \in DOMAIN queue : queue[i].term = term
    \/ \E i \in DOMAIN log : i > applied /\ i > termStart /\ ~IsInternal(log[i])

BeginEpoch ==
    /\ ~isOpen
    /\ Kept("NewLeaderAppliesFirst") => applied >= termStart
    /\ Kept("EpochWaitsForAllInFlight") => ~InFlight
    /\ isOpen' = TRUE
    /\ base' \in {applied, Len(log)}
    /\ next' = 1
    /\ view' = Ids(history)
    /\ UNCHANGED <<raft, queue, replica, writes, answers>>

NoEpoch ==
    /\ isOpen' = FALSE
    /\ base' = 0
    /\ next' = 1
    /\ view' = <<>>

(* It has noticed a hole, or a void entry, or just feels like it. *)
EndEpoch ==
    /\ isOpen
    /\ NoEpoch
    /\ UNCHANGED <<raft, queue, replica, writes, answers>>

Evaluate ==
    /\ isOpen
    /\ writes < WritesMax
    /\ writes' = writes + 1
    /\ queue' = Append(queue, [id |-> writes', term |-> term, base |-> base, offset |-> next, on |-> view])
    /\ next' = next + 1
    /\ view' = Append(view, writes')
    /\ UNCHANGED <<raft, isOpen, base, replica, answers>>

RefuseCondition ==
    /\ isOpen
    /\ refusals = {}
    /\ told = <<>> /\ RefusalsMax > 0
    /\ view # <<>>
    /\ refusals' = {view}
    /\ UNCHANGED <<raft, queue, epoch, replica, writes, told>>

TellRefusal ==
    \E ground \in refusals :
        /\ Kept("RefusalWaitsForItsGround") => IsPrefix(ground, Ids(history))
        /\ told' = ground
        /\ refusals' = {}
        /\ UNCHANGED <<raft, queue, epoch, replica, writes>>

-------------------------------------------------------------------------------
(* Raft. *)

Take ==
    /\ queue # <<>>
    /\ Kept("TermMustBeAsExpected") => Head(queue).term = term
    /\ log' = Append(log, Head(queue))
    /\ queue' = Tail(queue)
    /\ UNCHANGED <<committed, term, termStart, epoch, replica, writes, answers>>

(* A hole.  Who does not end the epoch forgets the write and counts one less. *)
Refuse ==
    /\ queue # <<>>
    /\ queue' = Tail(queue)
    /\ IF Kept("EpochEndsAtHole") \/ ~isOpen \/ Head(queue).term # term
       THEN UNCHANGED <<next, view>>
       ELSE /\ next' = next - 1
            /\ view' = SelectSeq(view, LAMBDA id : id # Head(queue).id)
    /\ UNCHANGED <<raft, isOpen, base, replica, writes, answers>>

SlipIn ==
    /\ Cardinality({i \in DOMAIN log : IsInternal(log[i])}) < term + InternalsMax
    /\ log' = Append(log, Internal)
    /\ UNCHANGED <<committed, term, termStart, queue, epoch, replica, writes, answers>>

Commit ==
    /\ committed < Len(log)
    /\ committed' = committed + 1
    /\ UNCHANGED <<log, term, termStart, queue, epoch, replica, writes, answers>>

-------------------------------------------------------------------------------
(* The replicas. *)

IsValid(entry, index) ==
    /\ Kept("PlaceMustBeAsPredicted") => index = entry.base + entry.offset
    /\ Kept("NoInternalEntrySinceBase") => lastInternal <= entry.base

Apply ==
    /\ applied < committed
    /\ applied' = applied + 1
    /\ LET entry == log[applied']
       IN  IF IsInternal(entry)
           THEN lastInternal' = applied' /\ history' = history
           ELSE /\ history' = IF IsValid(entry, applied') THEN Append(history, entry) ELSE history
                /\ lastInternal' = lastInternal
    /\ UNCHANGED <<raft, queue, epoch, writes, answers>>

(* The next leader's log has all that is committed and perhaps more; its replica may have just been started *)
(* from its state, in which what was skipped left no trace.                                                  *)
ChangeLeader ==
    /\ term < TermMax
    /\ term' = term + 1
    /\ \E kept \in committed..Len(log) :
        /\ log' = Append(SubSeq(log, 1, kept), Internal)
        /\ termStart' = kept + 1
    /\ \E isSameNode \in BOOLEAN : queue' = IF isSameNode THEN queue ELSE <<>>
    /\ NoEpoch
    /\ lastInternal' = IF Kept("InternalEntriesOutliveRestart") THEN lastInternal ELSE 0
    /\ UNCHANGED <<committed, applied, history, writes, answers>>

Next ==
    \/ BeginEpoch \/ EndEpoch \/ Evaluate \/ RefuseCondition \/ TellRefusal
    \/ Take \/ Refuse \/ SlipIn \/ Commit \/ Apply \/ ChangeLeader

Spec == Init /\ [][Next]_vars

-------------------------------------------------------------------------------
(* What must hold. *)

(* Not only are the predecessors applied: nothing else is. *)
AppliedOnWhatItWasEvaluatedOn ==
    \A i \in DOMAIN history : history[i].on = Ids(SubSeq(history, 1, i - 1))

RefusalsRestOnWhatHappened == IsPrefix(told, Ids(history)) \/ IsPrefix(Ids(history), told)

(* What must be able to happen. *)

NeverVoid == applied = committed => \A i \in 1..applied : IsInternal(log[i]) \/ log[i].id \in {history[j].id : j \in DOMAIN history}
NeverSecondEpoch == \A i, j \in DOMAIN history : history[i].term = history[j].term => history[i].base = history[j].base
NeverAppliedByNextLeader == \A i \in DOMAIN history : history[i].term = 1
===============================================================================
