" Vim syntax of Pavise policies (.pav)

if exists('b:current_syntax')
  finish
endif
let s:cpo_save = &cpo
set cpo&vim

syn iskeyword @,48-57,_,-,.
syn sync fromstart
syn case match

" A statement runs to the end of its line or to the `}` of its block; lists and parentheses in it may take more lines.
syn match paviseComment /\%(^\|[ \t\[\](){}=]\)\@1<=#.*$/ contains=paviseTodo,@Spell
syn match paviseDoc /\%(^\|[ \t\[\](){}=]\)\@1<=##\%(#\)\@!.*$/ contains=@Spell
syn keyword paviseTodo contained TODO FIXME XXX

" Values
syn region paviseString contained extend start=/"/ skip=/\\./ end=/"\|$/ contains=@paviseGlob
syn region paviseList contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseComment,@paviseValue
syn region pavisePath contained start=/\%(^\|[ \t\[\](=,]\)\@1<=\%(\/\|@{\)\@=/ end=/\ze[ \t\]),]\|$/ oneline keepend contains=@paviseGlob
syn match paviseNumber contained /\%(^\|[ \t\[(=]\)\@1<=-\=\%(0x\x\+\|\d\+\%(\.\d\+\)\=\%(:\d\+\)*\)\a*\>/
syn keyword paviseConstant contained true false infinity none
syn cluster paviseValue contains=paviseList,pavisePath,paviseString,paviseNumber,paviseConstant

syn match paviseStar contained /\*\+\|?/
syn match paviseEscape contained /\\\%([0-7]\{3}\|x\x\{2}\|d\d\{3}\|.\)/
syn match paviseVariable contained /@{[^} \t"]*}/
syn match paviseCharacters contained /\[\%(\\.\|[^\] \t"]\)*\]/
syn region paviseBraces contained matchgroup=paviseStar start=/{/ end=/}\|\ze[ \t"]\|$/ oneline contains=@paviseGlob,paviseComma
syn match paviseComma contained /,/
syn cluster paviseGlob contains=paviseStar,paviseEscape,paviseVariable,paviseCharacters,paviseBraces

" Declarations
syn region paviseImport matchgroup=paviseInclude start=/\%(^\|[ \t{]\)\@1<=import\>/ keepend end=/\s\@1<=\ze}\|$/ contains=paviseString,paviseAs,paviseComment,paviseModule
syn match paviseModule contained /\a[0-9A-Za-z_.-]*/
syn match paviseAs contained /\<as\>/
syn region paviseIncludeLine matchgroup=paviseInclude start=/\%(^\|[ \t{]\)\@1<=\%(include\|abi\)\>/ keepend end=/\s\@1<=\ze}\|$/ contains=paviseString,paviseAngled,paviseIfExists,paviseConstant,paviseComment
syn match paviseAngled contained /<[^> \t]*>/
syn match paviseIfExists contained /\<if\s\+exists\>/
syn region paviseLet matchgroup=paviseDeclaration start=/\%(^\|[ \t{]\)\@1<=\%(let\|variable\|alias\)\>/ keepend end=/\s\@1<=\ze}\|$/ contains=paviseDeclared,paviseSign,paviseArrow,paviseComment,@paviseValue
syn match paviseDeclared contained /\a[0-9A-Za-z_-]*\ze\s*+\==/
syn match paviseSign contained /+\==/
syn region paviseOption matchgroup=paviseDeclaration start=/^\s*\zsoption\>/ end=/$/ contains=paviseTyped,paviseSign,paviseComment,@paviseValue
syn region paviseTyped contained matchgroup=paviseSign start=/:/ end=/\ze[=,)]\|$/ contains=paviseType,paviseListOf,paviseComment
syn match paviseListOf contained /\<list\s\+of\>/
syn region paviseAbstraction matchgroup=paviseDeclaration start=/^\s*\zsabstraction\>/ end=/\s\@1<=\ze{\|$/ contains=paviseCallee,paviseParameters,paviseComment
syn match paviseCallee contained /\s\@1<=\a[0-9A-Za-z_.-]*/
syn region paviseParameters contained extend matchgroup=paviseBracket start=/(/ end=/)/ contains=paviseTyped,paviseSign,paviseComma,paviseComment,@paviseValue
syn region paviseProfile matchgroup=paviseDeclaration start=/\%(^\|[ \t{]\)\@1<=\%(profile\|hat\)\>/ end=/\s\@1<=\ze{\|$/ contains=pavisePath,paviseString,paviseProfileName,paviseComment
syn match paviseProfileName contained /\s\@1<=[^ \t{}\[\]"\/@#][^ \t{}\[\]]*/
syn region paviseTest matchgroup=paviseDeclaration start=/^\s*\zstest\>/ end=/\s\@1<=\ze{\|$/ contains=paviseString,pavisePath,paviseTestWord,paviseProfileName,paviseComment
syn match paviseTestWord contained /\<\%(for\|in\)\>/

" Container blocks
syn region paviseContainer matchgroup=paviseDeclaration start=/\%(^\|[ \t{]\)\@1<=container\s\+{/ end=/}/ contains=paviseComment,paviseSetting,paviseContainerIf
syn region paviseContainerIf contained matchgroup=paviseConditional start=/\<\%(if\|else\)\>/ end=/}\@1<=/ contains=paviseContainerBlock,@paviseExpression,paviseComment
syn region paviseContainerBlock contained matchgroup=paviseBracket start=/\s\@1<={/ end=/}/ contains=paviseComment,paviseSetting,paviseContainerIf
syn region paviseSetting contained start=/\%(^\|[ \t{]\)\@1<=\ze\a/ keepend end=/\s\@1<=\ze}\|$/ contains=paviseSettingName,paviseSettingWord,paviseSettingKey,paviseLimitName,paviseComment,@paviseValue
syn match paviseSettingWord contained /\<\%(signed\s\+by\|from\|because\|default\|strict\)\>/
syn match paviseSettingKey contained /\<[a-z_-]\+\ze=/

" Statements
syn region paviseUse matchgroup=paviseStatement start=/\%(^\|[ \t{]\)\@1<=use\>/ keepend end=/\s\@1<=\ze}\|$/ contains=paviseCallee,paviseArguments,paviseComment
syn region paviseArguments contained extend matchgroup=paviseBracket start=/(/ end=/)/ contains=paviseArgumentName,paviseComma,paviseComment,@paviseValue
syn match paviseArgumentName contained /\a[0-9A-Za-z_-]*\ze\s*=/
syn region paviseFlags matchgroup=paviseStatement start=/\%(^\|[ \t{]\)\@1<=\%(flags\|mode\)\>/ keepend end=/\s\@1<=\ze}\|$/ contains=paviseMode,paviseFlagList,paviseComment
syn region paviseFlagList contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseFlag,paviseSignal,paviseSign,paviseComment,@paviseValue
syn region paviseXattrs matchgroup=paviseStatement start=/\%(^\|[ \t{]\)\@1<=xattrs\>/ keepend end=/\s\@1<=\ze}\|$/ contains=paviseXattrList,paviseComment
syn region paviseXattrList contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseSettingKey,paviseComment,@paviseValue
syn region paviseIf matchgroup=paviseConditional start=/\%(^\|[ \t{]\)\@1<=\%(if\|else\)\>/ end=/\s\@1<=\ze{/ contains=@paviseExpression,paviseElseIf,paviseComment
syn match paviseElseIf contained /\<if\>/
syn match paviseLogical contained /\<\%(not\|and\|or\|in\)\>/
syn match paviseComparison contained /==\|!=\|<=\|>=\|[<>&]/
syn match paviseFeature contained /\<feature\>/
syn cluster paviseExpression contains=paviseLogical,paviseComparison,paviseFeature,@paviseValue
syn region paviseLimit matchgroup=paviseStatement start=/\%(^\|[ \t{]\)\@1<=limit\>/ keepend end=/\s\@1<=\ze}\|$/ contains=paviseLimitName,paviseComparison,paviseComment,@paviseValue

syn region paviseRule start=/\%(^\|[ \t{]\)\@1<=\ze\%(priority\|audit\|allow\|deny\|prompt\)\s/ keepend end=/\s\@1<=\ze}\|$/ contains=paviseEffect,paviseDeny,paviseAudit,paviseOperation,@paviseClasses,paviseOperations,@paviseClause,@paviseValue
syn match paviseEffect contained /\<\%(allow\|prompt\)\>/
syn match paviseDeny contained /\<deny\>/
syn match paviseAudit contained /\<\%(audit\|priority\)\>/
syn region paviseOperations contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseOperation,paviseComment,@paviseValue
syn region paviseExpect matchgroup=paviseStatement start=/\%(^\|[ \t{]\)\@1<=expect\>/ keepend end=/\s\@1<=\ze}\|$/ contains=paviseVerb,paviseOperation,@paviseClasses,paviseOperations,@paviseClause,@paviseValue
syn match paviseVerb contained /\<\%(allow\|deny\|disjoint\|within\|in\|never\s\+reach\|never\)\>/
syn region paviseContinued start=/^\s*\ze[a-z][a-z_-]*=/ keepend end=/\s\@1<=\ze}\|$/ contains=@paviseClause,@paviseValue

" Clauses of rules and expectations; a line may break after `except`, `->` and `or`.
syn match paviseModifier contained /\<\%(owner\|other\|unsafe\|subset\|only\)\>/
syn match paviseExcept contained /\<\%(except\|or\|where\)\>/
syn match paviseArrow contained /->/
syn match paviseTarget contained /\%(->\s*\|\<or\s\+\)\@5<=\%(inherit\|profile\|child\|unconfined\)\>/
syn match paviseArgument contained /\<arg[0-5]\>/
syn match paviseWhereWord contained /\<and\>/
syn region paviseBreak contained extend matchgroup=paviseExcept start=/\%(\<\%(except\|or\)\|->\)\s*\%(#.*\)\=$/ end=/^\ze\s*[^ \t#]/ contains=paviseComment
syn cluster paviseClause contains=paviseModifier,paviseExcept,paviseArrow,paviseTarget,paviseArgument,paviseWhereWord,paviseComparison,paviseBreak,paviseKey,paviseComment,paviseDoc
syn match paviseNetworkWord contained /\<type\>/

" BEGIN generated by editors/generate.mjs
syn keyword paviseOperation contained read write append link lock map exec all
syn keyword paviseCapability contained chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable
syn keyword paviseCapability contained net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot
syn keyword paviseCapability contained sys_ptrace sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease
syn keyword paviseCapability contained audit_write audit_control setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read
syn keyword paviseCapability contained perfmon bpf checkpoint_restore
syn keyword paviseFamily contained unspec unix inet ax25 ipx appletalk netrom bridge atmpvc x25 inet6 rose netbeui security key netlink
syn keyword paviseFamily contained packet ash econet atmsvc rds sna irda pppox wanpipe llc ib mpls can tipc bluetooth iucv rxrpc isdn phonet
syn keyword paviseFamily contained ieee802154 caif alg nfc vsock kcm qipcrtr smc xdp mctp
syn keyword paviseSocketType contained stream dgram raw rdm seqpacket packet
syn keyword paviseProtocol contained tcp udp icmp
syn keyword paviseSignal contained hup int quit ill trap abrt bus fpe kill usr1 segv usr2 pipe alrm term stkflt chld cont stop stp ttin ttou
syn keyword paviseSignal contained urg xcpu xfsz vtalrm prof winch io pwr sys emt exists
syn keyword paviseMountOption contained ro rw suid nosuid dev nodev exec noexec sync async remount mand nomand dirsync symfollow nosymfollow
syn keyword paviseMountOption contained atime noatime diratime nodiratime bind move rbind verbose silent loud acl noacl unbindable
syn keyword paviseMountOption contained runbindable private rprivate slave rslave shared rshared relatime norelatime iversion noiversion
syn keyword paviseMountOption contained strictatime nostrictatime lazytime nolazytime user nouser
syn keyword paviseMode contained enforce complain kill unconfined prompt default_allow
syn keyword paviseFlag contained attach_disconnected attach_disconnected.path attach_disconnected.ipc no_attach_disconnected mediate_deleted
syn keyword paviseFlag contained delegate_deleted chroot_relative namespace_relative chroot_attach chroot_no_attach audit debug
syn keyword paviseFlag contained interruptible kill.signal error
syn keyword paviseLimitName contained cpu fsize data stack core rss nofile as nproc memlock locks sigpending msgqueue nice rtprio rttime
syn keyword paviseSettingName contained image entrypoint no-new-privileges read-only-root tmpfs pids-limit memory cpus ulimit user userns
syn keyword paviseSettingName contained device selinux-type seccomp restart privileged
syn keyword paviseType contained path name profile string number size duration boolean capability family signal syscall
syn match paviseKey contained /\%(without-capability\|without-arch\|capability\|options-in\|interface\|oldroot\|options\|fstype\|kernel\|member\|error\|label\|addr\|arch\|exec\|name\|path\|peer\|port\|type\|bus\|set\|ip\)\ze=/
syn keyword paviseAccessNetwork contained create bind listen accept connect shutdown getattr setattr getopt setopt send receive
hi def link paviseAccessNetwork paviseAccess
syn region paviseClassNetwork contained matchgroup=paviseClass start=/\<network\>/ end=/\s\@1<=\ze}\|$/ contains=paviseFamily,paviseSocketType,paviseProtocol,paviseNetworkWord,paviseAccessNetwork,paviseListNetwork,@paviseClause,@paviseValue
syn region paviseListNetwork contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseComment,paviseFamily,paviseSocketType,paviseProtocol,paviseNetworkWord,paviseAccessNetwork,paviseListNetwork,@paviseClause,@paviseValue
syn region paviseClassCapability contained matchgroup=paviseClass start=/\<capability\>/ end=/\s\@1<=\ze}\|$/ contains=paviseCapability,paviseListCapability,@paviseClause,@paviseValue
syn region paviseListCapability contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseComment,paviseCapability,paviseListCapability,@paviseClause,@paviseValue
syn region paviseClassMount contained matchgroup=paviseClass start=/\<mount\>/ end=/\s\@1<=\ze}\|$/ contains=paviseMountOption,paviseListMount,@paviseClause,@paviseValue
syn region paviseListMount contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseComment,paviseMountOption,paviseListMount,@paviseClause,@paviseValue
syn region paviseClassRemount contained matchgroup=paviseClass start=/\<remount\>/ end=/\s\@1<=\ze}\|$/ contains=paviseMountOption,paviseListRemount,@paviseClause,@paviseValue
syn region paviseListRemount contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseComment,paviseMountOption,paviseListRemount,@paviseClause,@paviseValue
syn region paviseClassUmount contained matchgroup=paviseClass start=/\<umount\>/ end=/\s\@1<=\ze}\|$/ contains=paviseListUmount,@paviseClause,@paviseValue
syn region paviseListUmount contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseComment,paviseListUmount,@paviseClause,@paviseValue
syn region paviseClassPivotRoot contained matchgroup=paviseClass start=/\<pivot_root\>/ end=/\s\@1<=\ze}\|$/ contains=paviseListPivotRoot,@paviseClause,@paviseValue
syn region paviseListPivotRoot contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseComment,paviseListPivotRoot,@paviseClause,@paviseValue
syn keyword paviseAccessSignal contained send receive
hi def link paviseAccessSignal paviseAccess
syn region paviseClassSignal contained matchgroup=paviseClass start=/\<signal\>/ end=/\s\@1<=\ze}\|$/ contains=paviseSignal,paviseAccessSignal,paviseListSignal,@paviseClause,@paviseValue
syn region paviseListSignal contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseComment,paviseSignal,paviseAccessSignal,paviseListSignal,@paviseClause,@paviseValue
syn keyword paviseAccessPtrace contained trace read tracedby readby
hi def link paviseAccessPtrace paviseAccess
syn region paviseClassPtrace contained matchgroup=paviseClass start=/\<ptrace\>/ end=/\s\@1<=\ze}\|$/ contains=paviseAccessPtrace,paviseListPtrace,@paviseClause,@paviseValue
syn region paviseListPtrace contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseComment,paviseAccessPtrace,paviseListPtrace,@paviseClause,@paviseValue
syn keyword paviseAccessUnix contained create bind listen accept connect shutdown getattr setattr getopt setopt send receive
hi def link paviseAccessUnix paviseAccess
syn region paviseClassUnix contained matchgroup=paviseClass start=/\<unix\>/ end=/\s\@1<=\ze}\|$/ contains=paviseSocketType,paviseAccessUnix,paviseListUnix,@paviseClause,@paviseValue
syn region paviseListUnix contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseComment,paviseSocketType,paviseAccessUnix,paviseListUnix,@paviseClause,@paviseValue
syn keyword paviseAccessDbus contained send receive bind eavesdrop
hi def link paviseAccessDbus paviseAccess
syn region paviseClassDbus contained matchgroup=paviseClass start=/\<dbus\>/ end=/\s\@1<=\ze}\|$/ contains=paviseAccessDbus,paviseListDbus,@paviseClause,@paviseValue
syn region paviseListDbus contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseComment,paviseAccessDbus,paviseListDbus,@paviseClause,@paviseValue
syn keyword paviseAccessMqueue contained create open delete read write getattr setattr
hi def link paviseAccessMqueue paviseAccess
syn region paviseClassMqueue contained matchgroup=paviseClass start=/\<mqueue\>/ end=/\s\@1<=\ze}\|$/ contains=paviseAccessMqueue,paviseListMqueue,@paviseClause,@paviseValue
syn region paviseListMqueue contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseComment,paviseAccessMqueue,paviseListMqueue,@paviseClause,@paviseValue
syn keyword paviseAccessUserns contained create
hi def link paviseAccessUserns paviseAccess
syn region paviseClassUserns contained matchgroup=paviseClass start=/\<userns\>/ end=/\s\@1<=\ze}\|$/ contains=paviseAccessUserns,paviseListUserns,@paviseClause,@paviseValue
syn region paviseListUserns contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseComment,paviseAccessUserns,paviseListUserns,@paviseClause,@paviseValue
syn keyword paviseAccessIoUring contained sqpoll override_creds
hi def link paviseAccessIoUring paviseAccess
syn region paviseClassIoUring contained matchgroup=paviseClass start=/\<io_uring\>/ end=/\s\@1<=\ze}\|$/ contains=paviseAccessIoUring,paviseListIoUring,@paviseClause,@paviseValue
syn region paviseListIoUring contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseComment,paviseAccessIoUring,paviseListIoUring,@paviseClause,@paviseValue
syn region paviseClassChangeProfile contained matchgroup=paviseClass start=/\<change_profile\>/ end=/\s\@1<=\ze}\|$/ contains=paviseListChangeProfile,@paviseClause,@paviseValue
syn region paviseListChangeProfile contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseComment,paviseListChangeProfile,@paviseClause,@paviseValue
syn region paviseClassEverything contained matchgroup=paviseClass start=/\<everything\>/ end=/\s\@1<=\ze}\|$/ contains=paviseListEverything,@paviseClause,@paviseValue
syn region paviseListEverything contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseComment,paviseListEverything,@paviseClause,@paviseValue
syn region paviseClassSyscall contained matchgroup=paviseClass start=/\<syscall\>/ end=/\s\@1<=\ze}\|$/ contains=paviseListSyscall,@paviseClause,@paviseValue
syn region paviseListSyscall contained extend matchgroup=paviseBracket start=/\[/ end=/\]/ contains=paviseComment,paviseListSyscall,@paviseClause,@paviseValue
syn cluster paviseClasses contains=paviseClassNetwork,paviseClassCapability,paviseClassMount,paviseClassRemount,paviseClassUmount,paviseClassPivotRoot,paviseClassSignal,paviseClassPtrace,paviseClassUnix,paviseClassDbus,paviseClassMqueue,paviseClassUserns,paviseClassIoUring,paviseClassChangeProfile,paviseClassEverything,paviseClassSyscall
" END generated

syn match paviseSignal contained /\<rtmin+\d\+\>/

hi def link paviseComment Comment
hi def link paviseDoc SpecialComment
hi def link paviseTodo Todo
hi def link paviseString String
hi def link paviseAngled String
hi def link pavisePath String
hi def link paviseStar Special
hi def link paviseComma Special
hi def link paviseEscape SpecialChar
hi def link paviseVariable Identifier
hi def link paviseCharacters Special
hi def link paviseNumber Number
hi def link paviseConstant Constant
hi def link paviseInclude Include
hi def link paviseAs Include
hi def link paviseIfExists Include
hi def link paviseModule Identifier
hi def link paviseDeclaration Structure
hi def link paviseDeclared Identifier
hi def link paviseSign Operator
hi def link paviseType Type
hi def link paviseListOf Type
hi def link paviseCallee Function
hi def link paviseArgumentName Identifier
hi def link paviseProfileName Identifier
hi def link paviseTestWord Keyword
hi def link paviseSettingName Keyword
hi def link paviseSettingWord Keyword
hi def link paviseSettingKey Identifier
hi def link paviseStatement Statement
hi def link paviseConditional Conditional
hi def link paviseElseIf Conditional
hi def link paviseLogical Operator
hi def link paviseComparison Operator
hi def link paviseFeature Function
hi def link paviseEffect Statement
hi def link paviseDeny Exception
hi def link paviseAudit StorageClass
hi def link paviseModifier StorageClass
hi def link paviseVerb Statement
hi def link paviseExcept Operator
hi def link paviseArrow Operator
hi def link paviseTarget Keyword
hi def link paviseArgument Identifier
hi def link paviseWhereWord Operator
hi def link paviseOperation Function
hi def link paviseClass Type
hi def link paviseAccess Function
hi def link paviseKey Identifier
hi def link paviseNetworkWord Keyword
hi def link paviseCapability Constant
hi def link paviseFamily Constant
hi def link paviseSocketType Constant
hi def link paviseProtocol Constant
hi def link paviseSignal Constant
hi def link paviseMountOption Constant
hi def link paviseMode Constant
hi def link paviseFlag Constant
hi def link paviseLimitName Constant

let b:current_syntax = 'pavise'
let &cpo = s:cpo_save
unlet s:cpo_save
