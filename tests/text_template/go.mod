module text_template

go 1.21
