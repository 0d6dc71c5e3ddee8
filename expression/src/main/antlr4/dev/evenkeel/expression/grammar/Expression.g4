/*
 * The condition, projection and update languages (Developer Guide, "Expressions"). One token is always enough to choose
 * an alternative, so no text can make the parser search. That is why a test starts with something that may yet turn out
 * to be a condition or an operand: which of the two is checked while parsing, see ShapeCheck.
 */
grammar Expression;

condition : orCondition EOF ;

projection : path (COMMA path)* EOF ;

update : clause+ EOF ;

orCondition : andCondition (OR andCondition)* ;

andCondition : notCondition (AND notCondition)* ;

notCondition : NOT* test ;

test : primary relation? ;

primary : LEFT orCondition RIGHT | reference ;

relation
    : comparator operand
    | BETWEEN operand AND operand
    | IN LEFT operand (COMMA operand)* RIGHT
    ;

comparator : EQUAL | NOT_EQUAL | LESS | LESS_OR_EQUAL | GREATER | GREATER_OR_EQUAL ;

operand : LEFT operand RIGHT | reference ;

reference : VALUE | NAME step* | IDENTIFIER (arguments | step*) ;

arguments : LEFT operand (COMMA operand)* RIGHT ;

path : (NAME | IDENTIFIER) step* ;

step : DOT (NAME | IDENTIFIER) | OPEN INDEX CLOSE ;

clause
    : SET assignment (COMMA assignment)*
    | REMOVE path (COMMA path)*
    | ADD change (COMMA change)*
    | DELETE change (COMMA change)*
    ;

assignment : path EQUAL assigned ;

assigned : term addition? ;

term : LEFT assigned RIGHT | reference ;

addition : (PLUS | MINUS) operand ;

change : path VALUE ;

AND : [aA] [nN] [dD] ;
OR : [oO] [rR] ;
NOT : [nN] [oO] [tT] ;
IN : [iI] [nN] ;
BETWEEN : [bB] [eE] [tT] [wW] [eE] [eE] [nN] ;
SET : [sS] [eE] [tT] ;
REMOVE : [rR] [eE] [mM] [oO] [vV] [eE] ;
ADD : [aA] [dD] [dD] ;
DELETE : [dD] [eE] [lL] [eE] [tT] [eE] ;

EQUAL : '=' ;
NOT_EQUAL : '<>' ;
LESS : '<' ;
LESS_OR_EQUAL : '<=' ;
GREATER : '>' ;
GREATER_OR_EQUAL : '>=' ;
LEFT : '(' ;
RIGHT : ')' ;
OPEN : '[' ;
CLOSE : ']' ;
COMMA : ',' ;
DOT : '.' ;
PLUS : '+' ;
MINUS : '-' ;

IDENTIFIER : [a-zA-Z] WORD* ;
NAME : '#' WORD+ ;
VALUE : ':' WORD+ ;
INDEX : '0' | [1-9] [0-9]* ;
SPACE : [ \t\r\n]+ -> skip ;

/* Whatever else: never expected, so that the parser reports it and its surroundings as any other misplaced token. */
UNKNOWN : . ;

fragment WORD : [a-zA-Z0-9_] ;
