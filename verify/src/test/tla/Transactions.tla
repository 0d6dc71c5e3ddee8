------------------------------ MODULE Transactions ------------------------------
(***************************************************************************)
(* Write transactions by timestamps in two phases over a ledger, plain     *)
(* writes that know nothing of them, and a reader in two rounds.           *)
(*                                                                         *)
(* A participant accepts a transaction for an item when no other holds the *)
(* item and the transaction is younger than everything that happened to    *)
(* it.  The ledger decides, once.  Whoever knows a decision may carry it   *)
(* out, as often as he likes; whoever holds an item may ask.               *)
(*                                                                         *)
(* Modelled: messages that come late, twice or never, also behind the end  *)
(* of their transaction; coordinators that stop, and others who go on in   *)
(* their place or at the same time; new leaders, who know what the log     *)
(* has and nothing else.                                                   *)
(*                                                                         *)
(* Abstracted: each item is a group of its own, its log has what was       *)
(* proposed, and all transactions write all items; conditions are reasons  *)
(* to cancel, which may happen at any time; an item's value is the list of *)
(* its writers, its version the timestamp that it was last written with.   *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS Items, TransactionMax, WritesMax, LeadersMax, Without

Rules == {
    "HeldItemIsNotWritten",     \* by another transaction or a plain write
    "TooOldIsRefused",          \* a prepare at or below the item's last timestamp
    "NewLeaderIsNoYounger",     \* it takes the newest timestamp in its log for every item
    "CommitNeedsAll",           \* that have accepted
    "DecisionIsFinal",          \* in the ledger, whoever asks for another
    "LedgerIsAsked",            \* before anybody ends what he holds
    "RecordOutlivesItems",      \* it goes when every item is free
    "ReaderRefusesHeld",        \* items, in both rounds
    "ReaderComparesVersions" }  \* of its two rounds
ASSUME Without \subseteq Rules
Kept(rule) == rule \notin Without

VARIABLES
    values,   \* of each item: who wrote it, the first first
    last,     \* of each item: the timestamp that its leader knows
    held,     \* of each item: the transaction that has prepared it, or 0
    ledger,   \* of each transaction
    begun,    \* the transactions whose messages may be under way
    accepted, \* of each transaction: the items whose acceptance its coordinator has heard
    told,     \* of each transaction: the decision that may be under way, or "none"
    ended,    \* of each transaction: the items that are known to have been told
    writes, leaders,
    first,    \* what the reader found of each item in its first round
    read      \* what it told its client

items == <<values, last, held>>
transactions == <<ledger, begun, accepted, told, ended>>
reader == <<first, read>>
vars == <<items, transactions, writes, leaders, reader>>

Transactions == 1..TransactionMax
Plain == TransactionMax + 1 \* the writer of all plain writes
Nothing == [value |-> <<>>, version |-> -1]

Timestamp(t) == 2 * t \* odd ones are left for plain writes
Max(a, b) == IF a > b THEN a ELSE b

Init ==
    /\ values = [i \in Items |-> <<>>]
    /\ last = [i \in Items |-> 0]
    /\ held = [i \in Items |-> 0]
    /\ ledger = [t \in Transactions |-> "none"]
    /\ begun = {}
    /\ accepted = [t \in Transactions |-> {}]
    /\ told = [t \in Transactions |-> "none"]
    /\ ended = [t \in Transactions |-> {}]
    /\ writes = 0
    /\ leaders = 0
    /\ first = [i \in Items |-> Nothing]
    /\ read = [i \in Items |-> Nothing]

-------------------------------------------------------------------------------
(* The ledger. *)

Begin(t) ==
    /\ t \notin begun
    /\ begun' = begun \cup {t}
    /\ ledger' = [ledger EXCEPT ![t] = "preparing"]
    /\ UNCHANGED <<items, accepted, told, ended, writes, leaders, reader>>

MayDecide(t) ==
    \/ ledger[t] = "preparing"
    \/ ~Kept("DecisionIsFinal") /\ ledger[t] \in {"committing", "cancelling"}

Commit(t) ==
    /\ MayDecide(t)
    /\ IF Kept("CommitNeedsAll") THEN accepted[t] = Items ELSE accepted[t] # {}
    /\ ledger' = [ledger EXCEPT ![t] = "committing"]
    /\ told' = [told EXCEPT ![t] = "commit"]
    /\ UNCHANGED <<items, begun, accepted, ended, writes, leaders, reader>>

Cancel(t) == \* by the coordinator, or by somebody who takes it for dead
    /\ MayDecide(t)
    /\ ledger' = [ledger EXCEPT ![t] = "cancelling"]
    /\ told' = [told EXCEPT ![t] = "cancel"]
    /\ UNCHANGED <<items, begun, accepted, ended, writes, leaders, reader>>

Complete(t) ==
    /\ ledger[t] \in {"committing", "cancelling"}
    /\ Kept("RecordOutlivesItems") => ended[t] = Items
    /\ ledger' = [ledger EXCEPT ![t] = "none"]
    /\ UNCHANGED <<items, begun, accepted, told, ended, writes, leaders, reader>>

-------------------------------------------------------------------------------
(* The participants. *)

IsFree(i) == Kept("HeldItemIsNotWritten") => held[i] = 0

Prepare(t, i) ==
    /\ t \in begun
    /\ IsFree(i)
    /\ Kept("TooOldIsRefused") => Timestamp(t) > last[i]
    /\ held' = [held EXCEPT ![i] = t]
    /\ accepted' = [accepted EXCEPT ![t] = @ \cup {i}]
    /\ UNCHANGED <<values, last, ledger, begun, told, ended, writes, leaders, reader>>

(* Carries out a decision; the second time there is nothing left to do. *)
End(t, i, commits) ==
    /\ values' = IF commits /\ held[i] = t THEN [values EXCEPT ![i] = Append(@, t)] ELSE values
    /\ held' = IF held[i] = t THEN [held EXCEPT ![i] = 0] ELSE held
    /\ last' = [last EXCEPT ![i] = Max(@, Timestamp(t))]
    /\ UNCHANGED <<begun, accepted, told, writes, leaders, reader>>

Tell(t, i) ==
    /\ told[t] # "none"
    /\ End(t, i, told[t] = "commit")
    /\ ended' = [ended EXCEPT ![t] = @ \cup {i}]
    /\ UNCHANGED ledger

(* Who holds an item for long asks the ledger, which knows, or knows nothing: then it is over, and was not committed. *)
Ask(t, i) ==
    /\ held[i] = t
    /\ Kept("LedgerIsAsked") => ledger[t] # "preparing"
    /\ End(t, i, Kept("LedgerIsAsked") /\ ledger[t] = "committing")
    /\ UNCHANGED <<ledger, ended>>

PlainWrite(i) ==
    /\ writes < WritesMax
    /\ IsFree(i)
    /\ writes' = writes + 1
    /\ values' = [values EXCEPT ![i] = Append(@, Plain)]
    /\ last' = [last EXCEPT ![i] = @ + 1]
    /\ UNCHANGED <<held, transactions, leaders, reader>>

NewLeader(i) ==
    /\ leaders < LeadersMax
    /\ leaders' = leaders + 1
    /\ last' = IF Kept("NewLeaderIsNoYounger") THEN last ELSE [last EXCEPT ![i] = 0]
    /\ UNCHANGED <<values, held, transactions, writes, reader>>

-------------------------------------------------------------------------------
(* A reader. *)

Seen(i) == [value |-> values[i], version |-> last[i]]

MayRead(i) == Kept("ReaderRefusesHeld") => held[i] = 0

ReadFirst(i) ==
    /\ first[i] = Nothing
    /\ MayRead(i)
    /\ first' = [first EXCEPT ![i] = Seen(i)]
    /\ UNCHANGED <<items, transactions, writes, leaders, read>>

ReadAgain(i) ==
    /\ \A j \in Items : first[j] # Nothing
    /\ read[i] = Nothing
    /\ MayRead(i)
    /\ Kept("ReaderComparesVersions") => first[i].version = last[i]
    /\ read' = [read EXCEPT ![i] = first[i]]
    /\ UNCHANGED <<items, transactions, writes, leaders, first>>

Next ==
    \/ \E t \in Transactions : Begin(t) \/ Commit(t) \/ Cancel(t) \/ Complete(t)
    \/ \E t \in Transactions, i \in Items : Prepare(t, i) \/ Tell(t, i) \/ Ask(t, i)
    \/ \E i \in Items : PlainWrite(i) \/ NewLeader(i) \/ ReadFirst(i) \/ ReadAgain(i)

Spec == Init /\ [][Next]_vars

-------------------------------------------------------------------------------
(* What must hold. *)

Has(value, t) == \E n \in DOMAIN value : value[n] = t
Place(value, t) == CHOOSE n \in DOMAIN value : value[n] = t

NobodyWritesTwice ==
    \A i \in Items, t \in Transactions : Cardinality({n \in DOMAIN values[i] : values[i][n] = t}) <= 1

AllOrNothing ==
    \A t \in Transactions :
        \/ \A i \in Items : ~Has(values[i], t)
        \/ \A i \in Items : Has(values[i], t) \/ held[i] = t

SameOrderEverywhere ==
    \A t, u \in Transactions, i, j \in Items :
        (Has(values[i], t) /\ Has(values[i], u) /\ Has(values[j], t) /\ Has(values[j], u)) =>
            ((Place(values[i], t) < Place(values[i], u)) <=> (Place(values[j], t) < Place(values[j], u)))

ReadsAreWhole ==
    (\A i \in Items : read[i] # Nothing) =>
        \A t \in Transactions : (\A i \in Items : Has(read[i].value, t)) \/ (\A i \in Items : ~Has(read[i].value, t))

(* What must be able to happen. *)

NeverAll == ~(\A t \in Transactions, i \in Items : Has(values[i], t))
NeverReadOne == ~(\A i \in Items : read[i] # Nothing /\ Len(read[i].value) = 1 /\ read[i].value # <<Plain>>)
NeverHalfDone == ~(\E t \in Transactions, i, j \in Items : Has(values[i], t) /\ held[j] = t)
NeverHeldInVain == ~(\E t \in Transactions, i \in Items : held[i] = t /\ ledger[t] = "cancelling")
===============================================================================
