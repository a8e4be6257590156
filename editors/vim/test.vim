" Opens sample.pav as a user would and asks for the syntax group at the places of test.txt. Run by `test`.
filetype plugin on
syntax on
let s:dir = $VIM_TEST_DIR
let s:passed = 0
let s:report = []

function s:Expect(holds, complaint)
  if a:holds
    let s:passed += 1
  else
    call add(s:report, 'failed: ' . a:complaint)
  endif
endfunction

execute 'edit' fnameescape(s:dir . '/sample.pav')
call s:Expect(&filetype ==# 'pavise', 'the file type of a .pav file is ' . &filetype)
call s:Expect(&commentstring ==# '# %s', 'commentstring is ' . &commentstring)
call s:Expect(&comments ==# ':##,:#', 'comments is ' . &comments)

" Each line: a stretch of the sample, a word in it, and the group of the word.
let s:number = 0
for s:line in readfile(s:dir . '/test.txt')
  let s:number += 1
  if s:line =~# '^\s*\(#\|$\)'
    continue
  endif
  let [s:text, s:word, s:group] = split(s:line, ' | ')
  call cursor(1, 1)
  if search('\V' . escape(s:text, '\'), 'cW') == 0
    call s:Expect(0, 'test.txt:' . s:number . ': the sample has no `' . s:text . '`')
    continue
  endif
  let s:column = col('.') + match(s:text, '\V' . escape(s:word, '\'))
  let s:found = synIDattr(synID(line('.'), s:column, 1), 'name')
  call s:Expect(s:found ==# s:group, 'line ' . line('.') . ', `' . s:word . '` in `' . s:text . '`: ' . s:found . ', not ' . s:group)
endfor

let s:failed = len(s:report)
call add(s:report, s:passed . ' passed, ' . s:failed . ' failed, 0 skipped')
call writefile(s:report, $VIM_TEST_OUT)
qall!
