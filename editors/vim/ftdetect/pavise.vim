autocmd BufNewFile,BufRead *.pav setfiletype pavise
