--- A server inside of Neovim that answers what a test gives it, and knows no other request: an older one than the plugin.
local M = {}

local METHOD_NOT_FOUND = -32601

--- Lets the plugin start this server instead of the program. `answers` has a function for each request; what arrives is
--- kept in `log`.
---@param answers table<string, fun(params: table): any>
---@return { method: string, params: table }[] log
function M.install(answers)
  local log = {}
  local function start()
    local closing, ids = false, 0
    return {
      request = function(method, params, callback)
        log[#log + 1] = { method = method, params = params }
        local answer, problem
        if method == 'initialize' then
          answer = { capabilities = { textDocumentSync = 1, positionEncoding = 'utf-16' } }
        elseif answers[method] then
          answer = answers[method](params)
        elseif method ~= 'shutdown' then
          problem = { code = METHOD_NOT_FOUND, message = 'Method not found' }
        end
        vim.schedule(function()
          callback(problem, answer)
        end)
        ids = ids + 1
        return true, ids
      end,
      notify = function(method, params)
        log[#log + 1] = { method = method, params = params }
        closing = closing or method == 'exit'
        return true
      end,
      is_closing = function()
        return closing
      end,
      terminate = function()
        closing = true
      end,
    }
  end
  local server = require('resmark.server')
  local config = server.config
  server.config = function()
    return vim.tbl_extend('force', config(), { cmd = start })
  end
  return log
end

return M
