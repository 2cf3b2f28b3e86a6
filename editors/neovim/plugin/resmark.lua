if vim.g.loaded_resmark then
  return
end
vim.g.loaded_resmark = true

if vim.fn.has('nvim-0.10') == 0 then
  vim.notify('Resmark needs Neovim 0.10 or later.', vim.log.levels.WARN)
  return
end

local group = vim.api.nvim_create_augroup('resmark', {})

-- What the catalogue alone knows has no file. The server writes a page about it, which is read but never written.
vim.api.nvim_create_autocmd('BufReadCmd', {
  group = group,
  pattern = 'resmark-catalogue:/*',
  desc = 'Show a page of the Resmark catalogue',
  callback = function(event)
    require('resmark.catalogue').read(event.buf, event.match)
  end,
})

vim.api.nvim_create_autocmd('FileType', {
  group = group,
  pattern = 'resmark',
  desc = 'Start the Resmark server',
  callback = function(event)
    require('resmark.server').start(event.buf)
  end,
})

vim.api.nvim_create_autocmd('LspAttach', {
  group = group,
  desc = 'Keys, messages and lists that need the Resmark server',
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == 'resmark' then
      require('resmark.keys').with_server(event.buf, client)
      require('resmark.messages').follow(event.buf, client)
      require('resmark.enter').follow(event.buf)
      require('resmark.completion').follow(event.buf, client)
      require('resmark.lens').follow(event.buf, client)
      require('resmark.hints').follow(event.buf, client)
      -- The server puts white space in order and breaks no lines: `gq` stays what the file type makes it.
      if vim.bo[event.buf].formatexpr == 'v:lua.vim.lsp.formatexpr()' then
        vim.bo[event.buf].formatexpr = ''
      end
    end
  end,
})

local function highlights()
  require('resmark.highlights').link()
end
vim.api.nvim_create_autocmd('ColorScheme', { group = group, callback = highlights })
highlights()

vim.api.nvim_create_user_command('Resmark', function(command)
  require('resmark.commands').run(command)
end, {
  nargs = '*',
  bang = true,
  desc = 'Renumber, update, preview, check or begin a resolution',
  complete = function(...)
    return require('resmark.commands').complete(...)
  end,
})
