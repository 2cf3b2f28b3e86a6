-- `:Resmark preview` and `graph`: what the browser is told to open is there and is what it should be, and scrolls along;
-- where there is no browser, the address is said.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')

--- What a request for `url` is answered, as text.
local function get(url)
  local host, port, path = url:match('^http://([%d.]+):(%d+)(/.*)$')
  local answer, over = {}, false
  local socket = vim.uv.new_tcp()
  socket:connect(host, tonumber(port), function(problem)
    assert(not problem, problem)
    socket:read_start(function(_, chunk)
      answer[#answer + 1] = chunk
      over = over or chunk == nil
    end)
    socket:write(('GET %s HTTP/1.1\r\nHost: %s:%s\r\nConnection: close\r\n\r\n'):format(path, host, port))
  end)
  editor.wait('the page is there', function()
    return over
  end)
  socket:close()
  return table.concat(answer)
end

editor.run(function()
  local said, opened = {}, {}
  vim.notify = function(message)
    said[#said + 1] = message
  end
  vim.ui.open = function(url)
    opened[#opened + 1] = url
    return {}
  end
  vim.env.SSH_CONNECTION = nil
  local client = editor.open('start-here.resmark')
  local told = {}
  local server = require('resmark.server')
  local notify = server.notify
  server.notify = function(to, method, params)
    told[#told + 1] = { method = method, line = params.line }
    return notify(to, method, params)
  end
  editor.read(client)

  vim.cmd('Resmark preview')
  editor.wait('the browser opens', function()
    return #opened == 1
  end)
  editor.check('on this machine alone: ' .. opened[1], opened[1]:find('^http://127%.0%.0%.1:%d+/'))
  editor.check('and that is said: ' .. said[1], said[1]:find(opened[1], 1, true))
  local page = get(opened[1])
  editor.check('the page is there:\n' .. page, page:find('^HTTP/1.1 200'))
  editor.check('it is locked down:\n' .. page, page:lower():find('content-security-policy', 1, true))

  -- It scrolls along.
  vim.o.lines = 20
  vim.cmd.redraw()
  vim.cmd('normal! Gzt')
  vim.api.nvim_exec_autocmds('CursorMoved', { buffer = 0 })
  local last = told[#told]
  editor.same('it is told', last and last.method, 'resmark/previewScroll')
  editor.same('which line is the first', last.line, vim.fn.line('w0') - 1)

  vim.cmd('Resmark graph')
  editor.wait('the picture opens', function()
    return #opened == 2
  end)
  local picture = get(opened[2])
  editor.check('who cites whom:\n' .. picture, picture:find('^HTTP/1.1 200') and picture:find('Who cites whom', 1, true))

  -- Without a browser, and on another machine.
  said = {}
  vim.ui.open = function()
    return nil, 'no handler found'
  end
  vim.cmd('Resmark preview')
  editor.wait('the address is said', function()
    return said[1] and said[1]:find('open http://127.0.0.1:', 1, true) and said[1]:find('no handler found', 1, true)
  end)
  said = {}
  vim.env.SSH_CONNECTION = '192.0.2.1 50000 192.0.2.2 22'
  vim.cmd('Resmark preview')
  editor.wait('how to reach it is said', function()
    return said[1] and said[1]:find('ssh %-L %d+:127%.0%.0%.1:%d+')
  end)
end)
