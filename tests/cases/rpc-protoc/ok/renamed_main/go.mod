module renamed_main

go 1.25.0
