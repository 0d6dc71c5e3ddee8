------------------------------ MODULE LeaseReads ------------------------------
(***************************************************************************)
(* Strong reads without a round trip.  A leader answers from its own state *)
(* while it knows that nobody else can have become leader: a quorum has    *)
(* heard from it so recently that it still refuses its votes to others.    *)
(*                                                                         *)
(* Modelled: terms, votes and logs of Raft; clocks that run at different   *)
(* speeds; processes that stop for any time between any two steps (a step  *)
(* may always come later than it could); answers that arrive late;         *)
(* restarts that keep term, vote and log and forget the rest; a planned    *)
(* hand-over by TimeoutNow that may arrive any time later, or twice, also  *)
(* when the leader has given it up and has its lease again; one change of  *)
(* members through a joint configuration.                                  *)
(*                                                                         *)
(* Abstracted: an append carries the whole log, arrives when it is sent    *)
(* and is answered at once (a lease counts from the sending, so nothing    *)
(* worse can happen to it); votes are given and counted in one step (until *)
(* then a voter has nothing else to do in that term); the register's value *)
(* is the place of the last write; there is one read under way at a time,  *)
(* started when it looks at the state (later it would only see more).      *)
(*                                                                         *)
(* The check before the look, which the code also does, only spares work:  *)
(* here every leader may look, and the one check before the answer leaves  *)
(* is enough, if it is made for the term of the look.                      *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, Sequences, TLC

CONSTANTS
    Nodes,       \* all of them
    First,       \* leads term 1, with which we begin
    Old, New,    \* voters before and after the change of members
    Lease,       \* how long a lease lasts on the clock of the leader
    Patience,    \* election timeout, on the clock of each follower
    Fastest,     \* how far a clock may go while the slowest goes one tick
    TermMax, WritesMax, RestartsMax, HandOversMax,
    Without      \* the rules that are left out, to see that each is needed

Rules == {
    "LeaseCheckedBeforeAnswer",  \* after the look, before the answer leaves
    "CheckInTermOfLook",         \* for the term in which the state was looked at
    "OwnEntryCommittedFirst",    \* a new leader looks when it has committed an entry of its own term
    "LeaseCountsFromSending",    \* of what a follower answers, not from the answer's arrival
    "LeaseAllowsForDrift",       \* the lease on the slowest clock is over before the timeout on the fastest
    "LeaseNeedsBothMemberships", \* while members change, a quorum of the old and one of the new
    "VotesWaitAsPreVotesDo",     \* not only pre-votes are refused within the timeout
    "VotesWaitAfterRestart",     \* a restarted voter waits as if it had just heard a leader
    "LeaseGivenUpBeforeHandOver",\* before TimeoutNow is sent
    "GivenUpHandOverIsTold",     \* in all that a leader sends after a hand-over that failed; it does not count then
    "LeaseFromAnswersToThat",    \* once a hand-over was given up, only answers to what said so count
    "ForgetfulVotersWait",       \* after a restart also with votes for whoever was told to stand
    "TimeoutNowInItsTermOnly" }  \* whoever has gone on to another term ignores it
ASSUME Without \subseteq Rules
Kept(rule) == rule \notin Without

None == "none"
Symmetry == Permutations((Old \cap New) \ {First})

VARIABLES
    term, voted, log,    \* survive a restart
    role,                \* "follower", "candidate" or "leader"
    ordered,             \* by which hand-over a candidate was told to stand, 0 by none: voters do not wait
    void,                \* up to which one a voter knows they are given up, by the leader of its term; or Forgotten
    heard,               \* own time since a leader was heard, or since the restart
    committed,           \* as far as a leader knows
    answered,            \* a leader's time since it sent what was last answered, as long as that matters
    gaveUp,              \* a leader that serves no lease reads, for it hands over
    givenUp,             \* up to which number a leader's hand-overs in this term have failed
    timeoutNow,          \* sent and perhaps not arrived
    seen,                \* the newest value acknowledged or read: what later reads may not miss
    reading,             \* the read under way, if there is one
    stale,               \* an answer left that missed something
    restarts

durable == <<term, voted, log>>
leading == <<committed, answered, gaveUp, givenUp>>
clients == <<seen, reading, stale>>
vars == <<durable, role, ordered, void, heard, leading, timeoutNow, clients, restarts>>

Forgotten == HandOversMax + 1

Min(a, b) == IF a < b THEN a ELSE b
Max(a, b) == IF a > b THEN a ELSE b
Range(f) == {f[x] : x \in DOMAIN f}

-------------------------------------------------------------------------------
(* Members and quorums.  A node goes by the newest membership in its log. *)

Changing(n) == \E entry \in Range(log[n]) : entry.kind = "joint"
Memberships(n) == IF Changing(n) THEN {Old, New} ELSE {Old}
Majority(set, voters) == 2 * Cardinality(set \cap voters) > Cardinality(voters)
IsQuorum(n, set) == \A voters \in Memberships(n) : Majority(set, voters)
Votes(n) == n \in UNION Memberships(n)

LastTerm(n) == log[n][Len(log[n])].term
UpToDate(candidate, voter) ==
    \/ LastTerm(candidate) > LastTerm(voter)
    \/ (LastTerm(candidate) = LastTerm(voter) /\ Len(log[candidate]) >= Len(log[voter]))

ValueAt(n, index) ==
    LET writes == {i \in 1..index : log[n][i].kind = "write"}
    IN  IF writes = {} THEN 0 ELSE CHOOSE i \in writes : \A j \in writes : j <= i

-------------------------------------------------------------------------------
(* The lease. *)

LeaseLength == IF Kept("LeaseAllowsForDrift") THEN Lease ELSE Patience

HasLease(n) ==
    LET heardOf == {n} \cup {f \in Nodes : answered[n][f] < LeaseLength}
    IN  /\ role[n] = "leader"
        /\ ~gaveUp[n]
        /\ IF Kept("LeaseNeedsBothMemberships")
           THEN IsQuorum(n, heardOf)
           ELSE Majority(heardOf, IF Changing(n) THEN New ELSE Old)

Waited(n) == heard[n] >= Patience

-------------------------------------------------------------------------------
(* How old an answer is, as far as that matters.  Only late answers need to know whether there was one. *)
Unasked == LeaseLength + IF Kept("LeaseCountsFromSending") THEN 0 ELSE 1
Silence == [f \in Nodes |-> Unasked]
Older(age) == IF age < LeaseLength THEN age + 1 ELSE age

Init ==
    /\ term = [n \in Nodes |-> 1]
    /\ voted = [n \in Nodes |-> First]
    /\ log = [n \in Nodes |-> <<[term |-> 1, kind |-> "begin"]>>]
    /\ role = [n \in Nodes |-> IF n = First THEN "leader" ELSE "follower"]
    /\ ordered = [n \in Nodes |-> 0]
    /\ void = [n \in Nodes |-> 0]
    /\ heard = [n \in Nodes |-> 0]
    /\ committed = [n \in Nodes |-> IF n = First THEN 1 ELSE 0]
    /\ answered = [n \in Nodes |-> Silence]
    /\ gaveUp = [n \in Nodes |-> FALSE]
    /\ givenUp = [n \in Nodes |-> 0]
    /\ timeoutNow = {}
    /\ seen = 0
    /\ reading = {}
    /\ stale = FALSE
    /\ restarts = 0

(* What n forgets when it is no leader and no candidate any more. *)
Follows(n) ==
    /\ role' = [role EXCEPT ![n] = "follower"]
    /\ ordered' = [ordered EXCEPT ![n] = 0]
    /\ committed' = [committed EXCEPT ![n] = 0]
    /\ answered' = [answered EXCEPT ![n] = Silence]
    /\ gaveUp' = [gaveUp EXCEPT ![n] = FALSE]
    /\ givenUp' = [givenUp EXCEPT ![n] = 0]

(* Time goes on.  The worst of clocks is always: leaders' are slow and voters' are fast. *)
Tick ==
    /\ heard' = [n \in Nodes |-> Min(heard[n] + Fastest, Patience)]
    /\ answered' = [n \in Nodes |-> [f \in Nodes |-> Older(answered[n][f])]]
    /\ UNCHANGED <<durable, role, ordered, void, committed, gaveUp, givenUp, timeoutNow, clients, restarts>>

-------------------------------------------------------------------------------
(* Elections. *)

PreVoted(n) == IsQuorum(n, {n} \cup {v \in Nodes : Waited(v) /\ UpToDate(n, v)})

(* Whether a hand-over with that number, by the leader of that term, makes a difference to a voter. *)
Counts(v, inTerm, number) ==
    /\ number > 0
    /\ void[v] # Forgotten
    /\ ~(term[v] = inTerm /\ number <= void[v])

Candidacy(n, number) ==
    /\ term[n] < TermMax
    /\ Votes(n)
    /\ term' = [term EXCEPT ![n] = @ + 1]
    /\ voted' = [voted EXCEPT ![n] = n]
    /\ role' = [role EXCEPT ![n] = "candidate"]
    /\ ordered' = [ordered EXCEPT ![n] = number]
    /\ UNCHANGED <<log, void, heard, leading, timeoutNow, clients, restarts>>

(* Pre-votes are no more than politeness where votes wait themselves.  Where only pre-votes wait, *)
(* even collecting them all in one moment does not help: the votes are asked for later.            *)
Stand(n) ==
    /\ role[n] # "leader"
    /\ Waited(n)
    /\ Kept("VotesWaitAsPreVotesDo") \/ PreVoted(n)
    /\ Candidacy(n, 0)

Obey(n) ==
    /\ role[n] = "follower"
    /\ \E message \in timeoutNow :
        /\ message.to = n
        /\ Kept("TimeoutNowInItsTermOnly") => message.term = term[n]
        /\ Counts(n, message.term, message.number) \/ Waited(n)
        /\ Candidacy(n, message.number)

MayVote(v, c) ==
    /\ \/ term[c] > term[v]
       \/ (term[c] = term[v] /\ voted[v] = None)
    /\ UpToDate(c, v)
    /\ Counts(v, term[c] - 1, ordered[c]) \/ Waited(v) \/ role[v] = "leader" \/ ~Kept("VotesWaitAsPreVotesDo")

(* The votes may well have been given earlier: until now these voters had nothing to do in this term. *)
Lead(c) ==
    /\ role[c] = "candidate"
    /\ \E voters \in SUBSET {v \in Nodes \ {c} : MayVote(v, c)} :
        /\ IsQuorum(c, {c} \cup voters)
        /\ term' = [n \in Nodes |-> IF n \in voters THEN term[c] ELSE term[n]]
        /\ voted' = [n \in Nodes |-> IF n \in voters THEN c ELSE voted[n]]
        /\ role' = [n \in Nodes |-> IF n \in voters THEN "follower" ELSE IF n = c THEN "leader" ELSE role[n]]
        /\ ordered' = [n \in Nodes |-> IF n \in voters \cup {c} THEN 0 ELSE ordered[n]]
        /\ void' = [n \in Nodes |-> IF n \in voters \cup {c} THEN 0 ELSE void[n]]
        /\ committed' = [n \in Nodes |-> IF n \in voters THEN 0 ELSE committed[n]]
        /\ answered' = [n \in Nodes |-> IF n \in voters THEN Silence ELSE answered[n]]
        /\ gaveUp' = [n \in Nodes |-> IF n \in voters THEN FALSE ELSE gaveUp[n]]
        /\ givenUp' = [n \in Nodes |-> IF n \in voters THEN 0 ELSE givenUp[n]]
    /\ log' = [log EXCEPT ![c] = Append(@, [term |-> term[c], kind |-> "begin"])]
    /\ UNCHANGED <<heard, timeoutNow, clients, restarts>>

Restart(n) ==
    /\ restarts < RestartsMax
    /\ restarts' = restarts + 1
    /\ heard' = [heard EXCEPT ![n] = IF Kept("VotesWaitAfterRestart") THEN 0 ELSE Patience]
    /\ void' = [void EXCEPT ![n] = IF Kept("ForgetfulVotersWait") THEN Forgotten ELSE 0]
    /\ Follows(n)
    /\ reading' = {read \in reading : read.at # n}
    /\ UNCHANGED <<durable, timeoutNow, seen, stale>>

-------------------------------------------------------------------------------
(* The log. *)

Propose(n, kind) ==
    /\ role[n] = "leader"
    /\ ~gaveUp[n]
    /\ log' = [log EXCEPT ![n] = Append(@, [term |-> term[n], kind |-> kind])]
    /\ UNCHANGED <<term, voted, role, ordered, void, heard, leading, timeoutNow, clients, restarts>>

Write(n) ==
    /\ Cardinality({i \in DOMAIN log[n] : log[n][i].kind = "write"}) < WritesMax
    /\ Propose(n, "write")

ChangeMembers(n) ==
    /\ Old # New
    /\ ~Changing(n)
    /\ committed[n] > 0
    /\ Propose(n, "joint")

Replicate(l, f) ==
    /\ role[l] = "leader"
    /\ f # l
    /\ term[f] <= term[l]
    /\ f \in UNION Memberships(l)
    /\ term' = [term EXCEPT ![f] = term[l]]
    /\ voted' = [voted EXCEPT ![f] = IF term[f] < term[l] THEN None ELSE @]
    /\ \E entries \in {log[l], log[f]} : log' = [log EXCEPT ![f] = entries] \* or a heartbeat
    /\ heard' = [heard EXCEPT ![f] = 0]
    /\ role' = [role EXCEPT ![f] = "follower"]
    /\ ordered' = [ordered EXCEPT ![f] = 0]
    /\ void' = [void EXCEPT ![f] = IF Kept("GivenUpHandOverIsTold") THEN givenUp[l] ELSE 0]
    /\ committed' = [committed EXCEPT ![f] = 0]
    /\ answered' = [answered EXCEPT ![f] = Silence, ![l][f] = 0]
    /\ gaveUp' = [gaveUp EXCEPT ![f] = FALSE]
    /\ givenUp' = [givenUp EXCEPT ![f] = 0]
    /\ UNCHANGED <<timeoutNow, clients, restarts>>

(* An answer that took its time counts as if it had been asked for just now. *)
LateAnswer(l, f) ==
    /\ ~Kept("LeaseCountsFromSending")
    /\ role[l] = "leader"
    /\ answered[l][f] # Unasked
    /\ answered' = [answered EXCEPT ![l][f] = 0]
    /\ UNCHANGED <<durable, role, ordered, void, heard, committed, gaveUp, givenUp, timeoutNow, clients, restarts>>

(* Acknowledged at once, which is the strictest for readers. *)
Commit(n) ==
    /\ role[n] = "leader"
    /\ committed[n] < Len(log[n])
    /\ LET i == Len(log[n])
           holders == {f \in Nodes : term[f] = term[n] /\ Len(log[f]) >= i /\ log[f][i] = log[n][i]}
       IN  /\ log[n][i].term = term[n]
           /\ IsQuorum(n, holders)
           /\ committed' = [committed EXCEPT ![n] = i]
           /\ seen' = Max(seen, ValueAt(n, i))
    /\ UNCHANGED <<durable, role, ordered, void, heard, answered, gaveUp, givenUp, timeoutNow,
                   reading, stale, restarts>>

-------------------------------------------------------------------------------
(* Planned hand-over. *)

HandOver(l, f) ==
    /\ role[l] = "leader"
    /\ f \in Old \ {l}
    /\ Cardinality(timeoutNow) < HandOversMax
    /\ term[l] < TermMax
    /\ LET number == 1 + Cardinality({message \in timeoutNow : message.term = term[l]})
       IN  timeoutNow' = timeoutNow \cup {[to |-> f, term |-> term[l], number |-> number]}
    /\ gaveUp' = [gaveUp EXCEPT ![l] = Kept("LeaseGivenUpBeforeHandOver")]
    /\ UNCHANGED <<durable, role, ordered, void, heard, committed, answered, givenUp, clients, restarts>>

(* The target did not take over in time; it still may.  A leader that has restarted does not lead, so it has not forgotten. *)
TakeBack(l) ==
    /\ role[l] = "leader"
    /\ gaveUp[l]
    /\ gaveUp' = [gaveUp EXCEPT ![l] = FALSE]
    /\ givenUp' = [givenUp EXCEPT ![l] = Cardinality({message \in timeoutNow : message.term = term[l]})]
    /\ answered' = [answered EXCEPT ![l] = IF Kept("LeaseFromAnswersToThat") THEN Silence ELSE @]
    /\ UNCHANGED <<durable, role, ordered, void, heard, committed, timeoutNow, clients, restarts>>

-------------------------------------------------------------------------------
(* Reads. *)

Look(n) ==
    /\ reading = {}
    /\ role[n] = "leader"
    /\ Kept("OwnEntryCommittedFirst") => committed[n] > 0 /\ log[n][committed[n]].term = term[n]
    /\ reading' = {[at |-> n, term |-> term[n], value |-> ValueAt(n, committed[n]), floor |-> seen]}
    /\ UNCHANGED <<durable, role, ordered, void, heard, leading, timeoutNow, seen, stale, restarts>>

AnswerRead ==
    \E read \in reading :
        /\ Kept("LeaseCheckedBeforeAnswer") => HasLease(read.at)
        /\ Kept("CheckInTermOfLook") => term[read.at] = read.term
        /\ stale' = (read.value < read.floor)
        /\ seen' = Max(seen, read.value)
        /\ reading' = {}
        /\ UNCHANGED <<durable, role, ordered, void, heard, leading, timeoutNow, restarts>>

Next ==
    \/ Tick
    \/ AnswerRead
    \/ \E n \in Nodes :
        Stand(n) \/ Obey(n) \/ Lead(n) \/ Restart(n) \/ Write(n) \/ ChangeMembers(n) \/ Commit(n) \/ TakeBack(n)
            \/ Look(n)
    \/ \E n, m \in Nodes :
        Replicate(n, m) \/ LateAnswer(n, m) \/ HandOver(n, m)

Spec == Init /\ [][Next]_vars

-------------------------------------------------------------------------------
(* What must hold. *)

NothingStaleIsCalledConsistent == ~stale

OneLeaderPerTerm ==
    \A n, m \in Nodes : role[n] = "leader" /\ role[m] = "leader" /\ term[n] = term[m] => n = m

(* What must be able to happen, or the above says nothing: each of these must be refuted. *)

NeverTwoLeaders == Cardinality({n \in Nodes : role[n] = "leader"}) < 2
NeverReadAfterAHandOverThatFailed == \A read \in reading : ~(givenUp[read.at] > 0 /\ HasLease(read.at))
NeverReadByNextLeader == \A read \in reading : ~(read.term > 1 /\ read.value > 0 /\ HasLease(read.at))
===============================================================================
