// The words of Flow. A grammar of its own because text with interpolation needs lexer modes, which a combined grammar cannot have.
lexer grammar FlowLexer;
options { superClass = FlowLexerBase; }

// Set by TokenFilter, which knows the previous token and the line: '(' of a call, '[' of an index, a minus sign, a number with its unit.
tokens { CALL, INDEX_OPEN, NEGATE, QUANTITY, TEXT_EOL, STRAY, INTERP_OPEN, CHUNK, TEXT_CLOSE }

IMPORT : 'import' ;
WORKFLOW : 'workflow' ;
PROMISE : 'promise' ;
IF : 'if' ;
ELSE : 'else' ;
MATCH : 'match' ;
FOR : 'for' ;
IN : 'in' ;
REPEAT : 'repeat' ;
UNTIL : 'until' ;
HUMAN : 'human' ;
TRY : 'try' ;
WITHIN : 'within' ;
RETRY : 'retry' ;
ON : 'on' ;
NEAR : 'near' ;
NEVER : 'never' ;
EXPECT : 'expect' ;
AS : 'as' ;
TRUE : 'true' ;
FALSE : 'false' ;
AND : 'and' ;
OR : 'or' ;
NOT : 'not' ;

// Words with a meaning in one place only; they are names everywhere else.
MODEL : 'model' ;
TOOL : 'tool' ;
INDEX : 'index' ;
MEMORY : 'memory' ;
TYPE : 'type' ;
FIRST : 'first' ;
ANY : 'any' ;
BEST : 'best' ;
OF : 'of' ;
BY : 'by' ;
AT : 'at' ;
MOST : 'most' ;
TIMES : 'times' ;
ORDER : 'order' ;
APART : 'apart' ;
FROM : 'from' ;
OUT : 'out' ;

NUMBER : [0-9] [0-9_]* ('.' [0-9]+)? ([eE] [+-]? [0-9]+)? ;
MONEY : '$' [0-9] [0-9_]* ('.' [0-9]+)? ;
NAME : [A-Za-z_] [A-Za-z0-9_]* ;

ARROW : '->' ;
FAT_ARROW : '=>' ;
LE : '<=' ;
GE : '>=' ;
EQ : '==' ;
NE : '!=' ;
LT : '<' ;
GT : '>' ;
ASSIGN : '=' ;
DEFAULT : '??' ;
QUESTION : '?' ;
PLUS : '+' ;
MINUS : '-' ;
STAR : '*' ;
SLASH : '/' ;
PERCENT : '%' ;
PIPE : '|' ;
DOT : '.' ;
COMMA : ',' ;
COLON : ':' ;
SEMI : ';' ;
LPAREN : '(' ;
RPAREN : ')' ;
LBRACKET : '[' ;
RBRACKET : ']' ;
// Every brace pushes a mode, so that the brace that ends an interpolation leads back into its text.
LBRACE : '{' -> pushMode(DEFAULT_MODE) ;
RBRACE : '}' -> popMode ;

TRIPLE_OPEN : '"""' -> pushMode(TRIPLE) ;
TEXT_OPEN : '"' -> pushMode(LINE) ;

COMMENT : '//' ~[\r\n]* -> channel(HIDDEN) ;
SPACE : [ \t\r\n\u00a0\ufeff]+ -> channel(HIDDEN) ;
BAD : . ;

mode LINE ;
LINE_CHUNK : ( ~["\\{}\r\n] | '\\' ~[\r\n] | '{{' | '}}' )+ -> type(CHUNK) ;
LINE_SLASH : '\\' -> type(CHUNK) ;
LINE_INTERP : '{' -> type(INTERP_OPEN), pushMode(DEFAULT_MODE) ;
LINE_STRAY : '}' -> type(STRAY) ;
LINE_CLOSE : '"' -> type(TEXT_CLOSE), popMode ;
LINE_END : '\r'? '\n' -> type(TEXT_EOL), popMode ;
LINE_CR : '\r' -> type(CHUNK) ;

mode TRIPLE ;
TRIPLE_CHUNK : ( ~["\\{}] | '\\' . | '{{' | '}}' )+ -> type(CHUNK) ;
TRIPLE_QUOTE : '"' -> type(CHUNK) ;
TRIPLE_SLASH : '\\' -> type(CHUNK) ;
TRIPLE_INTERP : '{' -> type(INTERP_OPEN), pushMode(DEFAULT_MODE) ;
TRIPLE_STRAY : '}' -> type(STRAY) ;
TRIPLE_CLOSE : '"""' -> type(TEXT_CLOSE), popMode ;
