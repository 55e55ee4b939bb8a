create table a (id int not null, primary key (id));
