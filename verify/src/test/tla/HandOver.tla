------------------------------- MODULE HandOver -------------------------------
(***************************************************************************)
(* How a log replica gets rid of the leadership.  It may alone have the    *)
(* newest entries, so it must be able to win; then it brings a storage     *)
(* replica up to date from its log and tells it to stand.  In the end a    *)
(* storage replica leads, whatever happened before, as long as one lives   *)
(* together with a quorum.                                                 *)
(*                                                                         *)
(* Modelled: who wins an election by how new its log is; a storage replica *)
(* stands before a log replica does, if it can win; a crash of any one     *)
(* replica, and its return; logs that end where they ended.                *)
(*                                                                         *)
(* Abstracted: terms and messages; how far logs go is all that is left of  *)
(* them, for LogReplicas shows that they agree.                            *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS Storage, LogOnly, LengthMax, CrashesMax, Without

Rules == {
    "LogReplicaStands",           \* if it does not, nobody can win where it alone has the newest entries
    "LogReplicaBringsUpToDate",   \* the storage replicas, while it leads
    "HandOverToWhoHasEverything", \* not to anyone else: it would lose, and the game would begin again
    "LogReplicaHandsOver" }       \* as soon as it can
ASSUME Without \subseteq Rules
Kept(rule) == rule \notin Without

Nodes == Storage \cup LogOnly
Nobody == {}

VARIABLES
    length, \* of the log
    alive,
    leader, \* a set of one, or of none
    told,   \* the replica that was told to stand, likewise
    crashes

vars == <<length, alive, leader, told, crashes>>

IsQuorum(set) == 2 * Cardinality(set) > Cardinality(Nodes)
CanWin(n) == n \in alive /\ IsQuorum({v \in alive : length[v] <= length[n]})

Init ==
    /\ length \in [Nodes -> 0..LengthMax]
    /\ alive = Nodes
    /\ leader = Nobody
    /\ told = Nobody
    /\ crashes = 0

(* Whoever has the lower priority stands only after the others have had their chance. *)
Stand(n) ==
    /\ leader = Nobody /\ told = Nobody
    /\ CanWin(n)
    /\ n \in LogOnly => Kept("LogReplicaStands") /\ \A s \in Storage : ~CanWin(s)
    /\ leader' = {n}
    /\ UNCHANGED <<length, alive, told, crashes>>

Replicate(l, f) ==
    /\ leader = {l} /\ f \in alive
    /\ Kept("LogReplicaBringsUpToDate") \/ l \notin LogOnly
    /\ length[f] # length[l]
    /\ length' = [length EXCEPT ![f] = length[l]]
    /\ UNCHANGED <<alive, leader, told, crashes>>

TellToStand(l, s) ==
    /\ leader = {l} /\ l \in LogOnly
    /\ s \in Storage \cap alive
    /\ Kept("LogReplicaHandsOver")
    /\ Kept("HandOverToWhoHasEverything") => length[s] = length[l]
    /\ leader' = Nobody
    /\ told' = {s}
    /\ UNCHANGED <<length, alive, crashes>>

Obey(s) ==
    /\ told = {s}
    /\ told' = Nobody
    /\ leader' = IF CanWin(s) THEN {s} ELSE Nobody
    /\ UNCHANGED <<length, alive, crashes>>

Crash(n) ==
    /\ crashes < CrashesMax
    /\ alive = Nodes
    /\ crashes' = crashes + 1
    /\ alive' = alive \ {n}
    /\ leader' = leader \ {n}
    /\ told' = told \ {n}
    /\ UNCHANGED length

Return(n) ==
    /\ alive' = alive \cup {n}
    /\ alive' # alive
    /\ UNCHANGED <<length, leader, told, crashes>>

Work == \E n \in Nodes : Stand(n) \/ Obey(n) \/ \E m \in Nodes : Replicate(n, m) \/ TellToStand(n, m)

Next == Work \/ \E n \in Nodes : Crash(n) \/ Return(n)

(* Nobody has to crash or to return; the rest happens sooner or later, in whatever order. *)
Spec == Init /\ [][Next]_vars /\ WF_vars(Work)

-------------------------------------------------------------------------------
(* What must hold. *)

StorageLeads == leader # Nobody /\ leader \subseteq Storage

AStorageReplicaLeadsInTheEnd == <>[]StorageLeads

(* What must be able to happen. *)

NeverLogReplicaLeads == leader \cap LogOnly = Nobody
NeverOrdered == told = Nobody
===============================================================================
