pdf-page = Side { $page } av { $of }
