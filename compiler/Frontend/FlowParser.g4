// The sentences of Flow. There is no left recursion: operator chains are loops, so their length never becomes stack depth here.
parser grammar FlowParser;
options { tokenVocab = FlowLexer; }

file : declaration* EOF ;

declaration
  : importDeclaration | modelDeclaration | toolDeclaration | indexDeclaration
  | memoryDeclaration | typeDeclaration | workflowDeclaration ;

importDeclaration : IMPORT text ;
modelDeclaration : MODEL name ASSIGN text (PIPE text)* optionBlock? ;
toolDeclaration : TOOL name ASSIGN kind=name method=name? text parameters ARROW typeReference optionBlock? ;
indexDeclaration : INDEX name ASSIGN kind=name text optionBlock? ;
memoryDeclaration : MEMORY name (COLON typeReference)? optionBlock? ;
typeDeclaration : TYPE name ASSIGN (typeCase (PIPE typeCase)+ | typeReference) ;
typeCase : name ;
workflowDeclaration : WORKFLOW name parameters ARROW typeReference block ;

parameters : (LPAREN | CALL) (parameter (COMMA parameter)* COMMA?)? RPAREN ;
parameter : name COLON typeReference (ASSIGN expression)? ;
typeReference : typeCore QUESTION? ;
typeCore
  : name (LT typeReference GT)?                             # namedType
  | LBRACE (field (COMMA field)* COMMA?)? RBRACE            # recordType ;
field : label COLON typeReference ;

optionBlock : LBRACE (optionEntry (COMMA optionEntry)* COMMA?)? RBRACE ;
optionEntry : label (COLON optionValue)? ;
optionValue
  : latency (COMMA latency)*                                # latencyOption
  | name (PIPE name)+                                       # choiceOption
  | quantity (PIPE quantity)+                               # amountsOption
  | expression                                              # plainOption ;
latency : quantity name ;

promiseBlock : PROMISE LBRACE (promiseItem (COMMA promiseItem)* COMMA?)? RBRACE ;
promiseItem : promiseWord+ compare? promiseValue ;
promiseWord : name | WITHIN ;
promiseValue : quantity | text ;

block
  : LBRACE entry (COMMA entry)* COMMA? RBRACE               # recordBlock
  | LBRACE promiseBlock? statement* RBRACE                  # codeBlock ;
entry : label COLON expression ;
statement
  : name ASSIGN expression SEMI?                            # assignment
  | UNTIL expression SEMI?                                  # untilStatement
  | expression SEMI?                                        # expressionStatement ;

expression : conjunction (OR conjunction)* ;
conjunction : negation (AND negation)* ;
negation : NOT* comparison ;
comparison : fallback (compare fallback)* ;
compare : LE | GE | EQ | NE | LT | GT ;
fallback : sum (DEFAULT sum)* ;
sum : product ((PLUS | MINUS) product)* ;
product : unary ((STAR | SLASH) unary)* ;
unary : NEGATE* postfix modifier* ;
postfix : primary suffix* ;
suffix
  : DOT label                                               # fieldSuffix
  | INDEX_OPEN expression RBRACKET                          # indexSuffix ;

primary
  : FIRST OF LBRACE expression (COMMA expression)* COMMA? RBRACE                    # race
  | ANY quantity OF quantity (WITHIN quantity)? block                               # gather
  | BEST OF quantity BY name (FAT_ARROW expression)? block                          # bestOf
  | name CALL (argument (COMMA argument)* COMMA?)? RPAREN                           # call
  | name                                                                            # nameUse
  | quantity                                                                        # number
  | text                                                                            # textValue
  | (TRUE | FALSE)                                                                  # truth
  | LPAREN expression RPAREN                                                        # group
  | LBRACKET (expression (COMMA expression)* COMMA?)? RBRACKET                      # listValue
  | conditional                                                                     # choice
  | MATCH expression LBRACE (arm COMMA?)+ RBRACE                                    # matchOf
  | FOR name IN expression (IN ORDER)? (AT MOST quantity)? block                    # forEach
  | REPEAT expression AS name AT MOST quantity TIMES block                          # repeatUntil
  | HUMAN postfix (COMMA? AS COLON typeReference)? (WITHIN quantity)? (ELSE expression)?  # person
  | TRY block ELSE block                                                            # attempt
  | block                                                                           # blockValue ;

conditional : IF expression block likelihood? (ELSE (conditional | block))? ;
likelihood : EXPECT quantity ;
arm : (pattern | ELSE) FAT_ARROW expression ;
pattern : text | NEGATE? quantity | TRUE | FALSE | name (DOT label)? ;

argument
  : AS COLON typeReference                                  # typeArgument
  | label COLON expression                                  # namedArgument
  | expression                                              # plainArgument ;

modifier
  : WITHIN quantity                                         # withinModifier
  | RETRY quantity                                          # retryModifier
  | ON name                                                 # onModifier
  | NEAR name                                               # nearModifier
  | APART FROM name                                         # apartModifier
  | NEVER name text                                         # neverModifier
  | EXPECT quantity (IN (COMMA quantity OUT)? | OUT)?       # expectModifier ;

quantity : NUMBER | QUANTITY | MONEY ;
text : (TEXT_OPEN | TRIPLE_OPEN) textPart* TEXT_CLOSE ;
textPart : CHUNK                                            # textChunk
  | INTERP_OPEN expression RBRACE                           # textExpression ;

name : NAME | MODEL | TOOL | INDEX | MEMORY | TYPE | FIRST | ANY | BEST | OF | BY | AT | MOST | TIMES | ORDER | OUT | APART | FROM ;
// After a dot and before a colon every word is a name.
label : name | IMPORT | WORKFLOW | PROMISE | IF | ELSE | MATCH | FOR | IN | REPEAT | UNTIL | HUMAN | TRY | WITHIN | RETRY
  | ON | NEAR | NEVER | EXPECT | AS | TRUE | FALSE | AND | OR | NOT ;
