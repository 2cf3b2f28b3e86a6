vim.filetype.add({ extension = { resmark = 'resmark' } })
