goctl's
